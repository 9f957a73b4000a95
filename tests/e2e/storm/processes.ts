/** What Linux tells of our processes while they are being ill-treated. */
import { readdirSync, readFileSync } from "node:fs";

export interface WorkerProcess {
  readonly pid: number;
  readonly bot: string;
}

const readOf = (pid: number | string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return ""; // it ended while we looked
  }
};

/** Words of the command line; none when the process is gone, or dead and not yet collected. */
export const argvOf = (pid: number | string) => readOf(pid, "cmdline").split("\0").slice(0, -1);

const processes = () => readdirSync("/proc").filter((name) => /^\d+$/.test(name));

/** The workers whose bots' folders lie in `folder`. */
export function workersIn(folder: string): WorkerProcess[] {
  return processes().flatMap((pid) => {
    const argv = argvOf(pid);
    const config = argv[argv.indexOf("--config") + 1] ?? "";
    const bot = /\/bots\/([^/]+)\/bot\.yaml$/.exec(config)?.[1];
    return argv.includes("worker") && config.startsWith(folder) && bot ? [{ pid: Number(pid), bot }] : [];
  });
}

export const isAlive = (pid: number) => argvOf(pid).length > 0;

/** Bytes that nobody shares with the process; undefined when it is gone. */
export function privateBytes(pid: number): number | undefined {
  const kilobytes = [...readOf(pid, "smaps_rollup").matchAll(/^Private_\w+:\s+(\d+) kB$/gm)];
  return kilobytes.length === 0 ? undefined : kilobytes.reduce((sum, [, kb]) => sum + Number(kb) * 1024, 0);
}

/** Processor time that the process has taken, in seconds; a tick of Linux is 10 ms. */
export function cpuSeconds(pid: number): number {
  const fields = readOf(pid, "stat")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Sends a signal, unless the process is gone. True when there was somebody to take it. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
