/** The built binary, started as a user would: `bun run build` makes it, BBSBOT_BINARY names another build of it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { binary, scratch, start, words, type Running } from "../../tests/e2e/harness.ts";

/** Why what needs the binary cannot be run; undefined where it can. */
export const binaryMissing = (): string | undefined =>
  existsSync(binary) ? undefined : `no ${binary}: run "bun run build" first`;

let manual: string | undefined;
/** Why many bots cannot share a process here; undefined where they can. */
export function packsMissing(): string | undefined {
  const missing = binaryMissing();
  if (missing !== undefined) return missing;
  manual ??= Bun.spawnSync([binary, "manager", "--help"]).stdout.toString();
  return manual.includes("--pack")
    ? undefined
    : "needs a binary with --pack: `bbsbot manager --help` tells of none";
}

export interface HostAtWork {
  readonly port: number;
  /** Of the host's, and for whatever else the benchmark keeps. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A host on loopback with its database in a scratch folder, which `stop` takes away with it. */
export async function startHost(more: readonly string[] = []): Promise<HostAtWork> {
  const { folder, remove } = scratch();
  let running: Running;
  try {
    const fixed = words("host --json --port 0 --seed 11 --turns-per-day 1000000");
    running = await start([...fixed, ...more, "--db", join(folder, "host.db")]);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    port: Number(running.first["port"]),
    folder,
    async stop() {
      await running.stop();
      remove();
    },
  };
}
