/**
 * Runs the checks and tells the sum on its last line, as "N passed, N failed".
 *   bun tests/run.ts ok    types, format, lint, deno check, unit tests (architecture and simulations among them)
 *   bun tests/run.ts all   the same, then the built binary end to end, under Bun and Deno
 */
import { join } from "node:path";

const root = join(import.meta.dir, "..");
const bun = process.execPath;
/** A step that takes longer than this is hung. */
const stepMaxMs = 15 * 60_000;
/** A single test, likewise; generous, for a slow machine is no failure. */
const testMaxMs = 60_000;

interface Outcome {
  passed: number;
  failed: number;
}

const gates: readonly [name: string, command: readonly string[]][] = [
  ["types", [bun, "run", "--silent", "types"]],
  ["format", [bun, "run", "--silent", "format:check"]],
  ["lint", [bun, "run", "--silent", "lint"]],
  ["deno check", [bun, "run", "--silent", "deno"]],
];

/** Runs a command and shows what it says: at once, or `whole` when it has ended, where another speaks at the same time. */
async function run(command: readonly string[], whole = false): Promise<{ code: number; text: string }> {
  const child = Bun.spawn([...command], {
    cwd: root,
    stdout: "pipe",
    stderr: "pipe",
    stdin: "ignore",
    timeout: stepMaxMs,
  });
  const chunks: string[] = [];
  const copy = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      const text = decoder.decode(bytes, { stream: true });
      chunks.push(text);
      if (!whole) process.stderr.write(text);
    }
  };
  await Promise.all([copy(child.stdout), copy(child.stderr)]);
  const code = await child.exited;
  const text = chunks.join("");
  if (whole) process.stderr.write(text);
  return { code, text };
}

async function gate(name: string, command: readonly string[]): Promise<Outcome> {
  process.stderr.write(`\n== ${name}\n`);
  const { code } = await run(command);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function tests(name: string, files: readonly string[], whole = false): Promise<Outcome> {
  process.stderr.write(`\n== ${name}\n`);
  const { code, text } = await run([bun, "test", "--timeout", String(testMaxMs), ...files], whole);
  const count = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}$`, "m").exec(text)?.[1] ?? 0);
  const failed = count("fail");
  // A runner that died counts as a failure, whatever it had counted before.
  return { passed: count("pass"), failed: code !== 0 && failed === 0 ? 1 : failed };
}

const mode = process.argv[2];
if (mode !== "ok" && mode !== "all") throw new Error(`Expected "ok" or "all", found "${mode}"`);
const outcomes: Outcome[] = [];
for (const [name, command] of gates) outcomes.push(await gate(name, command));
const files = (pattern: string) =>
  [...new Bun.Glob(pattern).scanSync(root)].sort().map((file) => `./${file}`);
const unit = files("tests/**/*.test.ts");
/** What takes long by itself, and what mostly waits for real processes and clocks: each beside the rest, on two cores. */
const simulations = unit.filter((file) => file.startsWith("./tests/sim/"));
const roots = unit.filter((file) => /^\.\/tests\/[^/]+$/.test(file));
const rest = unit.filter((file) => !simulations.includes(file) && !roots.includes(file));
outcomes.push(
  ...(await Promise.all([
    tests("simulations", simulations, true),
    tests("unit tests of the roots", roots, true),
    tests("unit tests", rest, true),
  ])),
);
if (mode === "all") {
  outcomes.push(await gate("build", [bun, "run", "--silent", "build"]));
  const whole = files("tests/e2e/*.e2e.ts");
  /** A hundred bots at once, minutes each: a step of their own, so that none comes near a step's limit. */
  const swarms = whole.filter((file) => /\/(demo|page-swarm)\.e2e\.ts$/.test(file));
  outcomes.push(
    await tests(
      "end to end",
      whole.filter((file) => !swarms.includes(file)),
    ),
  );
  outcomes.push(await tests("whole swarms, end to end", swarms));
}
const sum = outcomes.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed\n`);
process.exitCode = sum.failed === 0 ? 0 : 1;
