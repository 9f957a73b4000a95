/** The executable: gives the command line its doors. Every process of bbsbot begins here; each door loads only what it needs. */
import process from "node:process";
import { runCommandLine } from "./control/console/program.ts";
import type { Console } from "./control/console/terminal.ts";
import type { Doors } from "./control/console/doors.ts";
import { Refusal } from "./proto/operations.ts";
import manifest from "../package.json" with { type: "json" };

const terminal: Console = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTty: process.stdout.isTTY === true,
  colour: process.stdout.isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb",
  columns: process.stdout.columns ?? 80,
};

const doors: Doors = {
  console: terminal,
  version: manifest.version,
  async manager(flags) {
    const { managerDoor } = await import("./doors.ts");
    return refusing(() => managerDoor(flags, terminal, manifest.version));
  },
  async worker(flags) {
    const { workerDoor } = await import("./doors.ts");
    return refusing(() => workerDoor(flags, terminal));
  },
  async host(flags) {
    const { hostDoor } = await import("./doors.ts");
    return refusing(() => hostDoor(flags, terminal));
  },
  async demo(flags) {
    const { demoDoor } = await import("./demo.ts");
    return refusing(() => demoDoor(flags, terminal));
  },
  async swarm(url) {
    const { remoteSwarm } = await import("./control/client.ts");
    return remoteSwarm(url, fetch);
  },
  async readBotConfig(file) {
    const [{ loadYaml }, { BotConfig }] = await Promise.all([
      import("./io/yaml.ts"),
      import("./proto/config.ts"),
    ]);
    return refusing(() => {
      const { value, warnings } = loadYaml(file, BotConfig);
      for (const warning of warnings) terminal.err(`${warning}\n`);
      return value;
    });
  },
};

/** Files and managers that will not do are refusals to the command line, whoever found out. */
async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  const [{ FileRefused }, { ManagerUnreachable }] = await Promise.all([
    import("./io/yaml.ts"),
    import("./io/link.ts"),
  ]);
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileRefused) throw new Refusal("bad_input", error.message);
    if (error instanceof ManagerUnreachable) throw new Refusal("manager_unreachable", error.message);
    throw error;
  }
}

// A reader that has seen enough closes the pipe: not an error of ours.
process.stdout.on("error", (error: { code?: string }) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), doors);
