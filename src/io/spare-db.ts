/** A database of ours that may be lost without harm: opened sound and in its present layout, or not at all. */
import { openAlone, pagesTrouble, type Db, type Owner } from "./db.ts";

/**
 * Opens or makes the file for this process alone. `migrations`: each leads from one layout to the next, and they are only ever
 * appended to; `user_version` counts those done. Throws what `openAlone` throws, and an Error for what is damaged or newer than we are.
 */
export async function openSpare(file: string, who: Owner, migrations: readonly string[]): Promise<Db> {
  const db = await openAlone(file, "NORMAL", who);
  try {
    const wrong = pagesTrouble(db);
    if (wrong !== undefined) throw new Error(wrong);
    migrate(db, migrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Db, migrations: readonly string[]): void {
  const done = Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  if (done > migrations.length) throw new Error("a newer bbsbot wrote it");
  for (const [index, step] of migrations.slice(done).entries())
    db.transaction(() => {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${done + index + 1}`);
    });
}
