/** The swarm's database when its process is killed and when its disk is full. */
import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, statePlaces } from "../../src/io/store.ts";
import { spawned } from "../swarm/stories.ts";
import { batch, eventsOf, session, traded } from "./batches.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-faults-"));
afterAll(() => {
  if (disk !== undefined) Bun.spawnSync(["umount", "--lazy", disk]);
  rmSync(folder, { recursive: true, force: true });
});
const at = 1_800_000_000_000;
const root = join(import.meta.dir, "../..");

/** Appends batch after batch, from where the store stands, and says the number of each when it is kept. */
const writer = (file: string) => `
  import { openStore } from "${root}/src/io/store.ts";
  import { batch, session, traded } from "${root}/tests/io/batches.ts";
  import { spawned } from "${root}/tests/swarm/stories.ts";
  const store = await openStore("${file}", ${at});
  const first = store.load().lastSeq + 1;
  for (let seq = first; ; seq++) {
    store.append(batch(seq, [spawned("b" + seq)], { moments: [traded("b" + seq, seq)], heard: [{ bot: "a", session, upTo: seq }] }));
    if (seq % 7 === 0) store.backup(${at} + seq * 3_600_000);
    await Bun.write(Bun.stdout, seq + "\\n");
  }`;

test("kill -9 in the middle of writing, 20 times over, loses nothing that was acknowledged", async () => {
  const file = join(folder, "killed.db");
  const program = join(folder, "writer.ts");
  writeFileSync(program, writer(file));
  let acknowledged = 0;
  for (let round = 0; round < 20; round++) {
    const child = Bun.spawn([process.execPath, program], { stdout: "pipe", stderr: "inherit" });
    const enough = acknowledged + 3 + ((round * 7) % 20);
    let said = "";
    for await (const chunk of child.stdout) {
      said += new TextDecoder().decode(chunk);
      const lines = said.slice(0, said.lastIndexOf("\n")).split("\n");
      acknowledged = Math.max(acknowledged, Number(lines.at(-1)));
      if (acknowledged >= enough) child.kill("SIGKILL");
    }
    await child.exited;
    const store = await openStore(file, at);
    const { events, heard, lastSeq } = store.load();
    expect(store.told).toEqual([]);
    expect(lastSeq).toBeGreaterThanOrEqual(acknowledged);
    expect(events.map(({ bot }) => bot)).toEqual(
      Array.from({ length: lastSeq }, (_, index) => `b${index + 1}`),
    );
    // What belongs together is kept together.
    expect(heard).toEqual([{ bot: "a", session, upTo: lastSeq }]);
    expect(eventsOf(store, `b${lastSeq}`)).toHaveLength(2);
    store.close();
    acknowledged = lastSeq;
  }
  expect(acknowledged).toBeGreaterThan(100);
}, 60_000);

/** A disk of 16 MB; undefined where we may make none. */
function smallDisk(): string | undefined {
  const place = join(folder, "disk");
  mkdirSync(place);
  const mount = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place], {
    stderr: "ignore",
  });
  return mount.exitCode === 0 ? place : undefined;
}
const disk = process.platform === "linux" && process.getuid?.() === 0 ? smallDisk() : undefined;
const failure = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

test.skipIf(disk === undefined)(
  "a full disk refuses what is new, tells what it has, and goes on when there is room, with nothing acknowledged lost (needs root to mount a small disk)",
  async () => {
    const file = join(disk!, "swarm.db");
    const ballast = join(disk!, "ballast");
    let store = await openStore(file, at);
    let seq = 1;
    const more = () => {
      store.append(
        batch(seq, [{ ...spawned(`b${seq}`), config: "x".repeat(5000) }], { moments: [traded("b1", seq)] }),
      );
      seq++;
    };
    for (let round = 0; round < 3; round++) {
      // Ever less of it, so that the store can grow in between.
      failure(() => writeFileSync(ballast, Buffer.alloc((3 - round) * 4 * 1024 * 1024)));
      let refused: unknown;
      while (refused === undefined) refused = failure(more);
      expect(refused).toMatchObject({
        code: "disk_full",
        message: `Cannot write "${file}": database or disk is full`,
      });
      expect(failure(more)).toMatchObject({ code: "disk_full" });
      expect(failure(() => store.backup(at + round * 3_600_000))).toMatchObject({ code: "disk_full" });
      expect(readdirSync(statePlaces(file).backups)).toEqual([]);
      expect(store.load().lastSeq).toBe(seq - 1);
      expect(eventsOf(store, "b1").length).toBe(seq);
      if (round === 1) {
        // A manager that is started on the full disk at least knows what it has.
        store.close();
        store = await openStore(file, at);
        expect(store.load().lastSeq).toBe(seq - 1);
      }
      rmSync(ballast);
      more();
    }
    store.close();
    const again = await openStore(file, at);
    expect(again.told).toEqual([]);
    expect(again.load().events.map(({ bot }) => bot)).toEqual(
      Array.from({ length: seq - 1 }, (_, index) => `b${index + 1}`),
    );
    again.close();
  },
  30_000,
);
