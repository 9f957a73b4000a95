/** The machine that figures come from. */
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { z } from "zod";

export const Machine = z.strictObject({
  cpu: z.string(),
  cores: z.int(),
  memory_gb: z.number(),
  kernel: z.string(),
  bun: z.string(),
  /** Of the last minute, before the first benchmark. */
  load: z.number(),
  /** Of the source; "-dirty" when something was not committed. */
  commit: z.string(),
  /** ISO 8601. */
  at: z.string(),
});
export type Machine = z.infer<typeof Machine>;

/** This machine as it is now. */
export function describeMachine(): Machine {
  const [cpu] = cpus();
  return {
    cpu: `${cpu?.model.trim() ?? "unknown"} (${arch()})`,
    cores: cpus().length,
    memory_gb: Number((totalmem() / 2 ** 30).toFixed(1)),
    kernel: `${type()} ${release()}`,
    bun: Bun.version,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
    commit: commit(),
    at: new Date().toISOString(),
  };
}

/** "8 x model, 24 GB, Linux 6.1, Bun 1.4.5, load 0.3, commit abc". */
export const machineWords = ({ cpu, cores, memory_gb, kernel, bun, load, commit: of, at }: Machine) =>
  `${cores} x ${cpu}, ${memory_gb} GB, ${kernel}, Bun ${bun}, load ${load}, commit ${of}, ${at.slice(0, 16)}`;

/** Whether figures of memory and waits can be held against each other without a thought. */
export const isSameMachine = (a: Machine, b: Machine) =>
  a.cpu === b.cpu && a.cores === b.cores && a.kernel === b.kernel && a.bun === b.bun;

function commit(): string {
  const git = (...words: string[]) => {
    const { success, stdout } = Bun.spawnSync(["git", ...words], { cwd: join(import.meta.dir, "../..") });
    return success ? stdout.toString().trim() : undefined;
  };
  const head = git("rev-parse", "--short", "HEAD");
  if (head === undefined) return "unknown";
  return git("status", "--porcelain", "--untracked-files=no") === "" ? head : `${head}-dirty`;
}
