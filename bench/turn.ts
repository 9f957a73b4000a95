/**
 * `bench turn [FLAGS]`: where a turn's time goes. A demo from the source, all bots in one process, under Bun's sampling profiler; what the
 * profiles say is scaled to the processor time that each role took.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { hasBrowser } from "../tests/e2e/browser.ts";
import { drawPng } from "./drawing/png.ts";
import { bars, type Frame, svg, words } from "./drawing/svg.ts";
import { flagsAlone } from "./harness/whole-numbers.ts";
import { inOrder, Profile, type Role, roleOf, roles, sharesOf } from "./turn/shares.ts";

const usage = `bench turn [--bots N] [--turns T] [--sectors S] [--picture FILE.png]
  --bots     that share one process: 20
  --turns    of each; the first thousands cost more, while the map is new: 4000
  --sectors  of the universe: 5000
  --picture  is written anew; needs Chromium`;

const flags = {
  bots: { usual: 20, least: 1, most: 200 },
  turns: { usual: 4000, least: 100, most: 65_000 },
  sectors: { usual: 5000, least: 1000, most: 20_000 },
} as const;

const Summary = z.object({
  turns: z.int().min(1),
  cpu_seconds: z.object({ host: z.number(), manager: z.number(), workers: z.number(), demo: z.number() }),
});
type Summary = z.infer<typeof Summary>;

/** Milliseconds a turn, by role and part. */
export interface TurnCost {
  readonly role: Role;
  readonly ms: number;
  readonly parts: readonly (readonly [part: string, ms: number])[];
}

/** Exit status: 0, 1 when the demo failed, 2 for flags that mean nothing, 3 without a browser where a picture was asked for. */
export async function turn(given: readonly string[]): Promise<number> {
  const at = given.indexOf("--picture");
  const picture = at < 0 ? undefined : given[at + 1];
  const size = flagsAlone(flags, at < 0 ? given : given.toSpliced(at, 2), usage);
  if (!size || (at >= 0 && picture === undefined)) return 2;
  if (picture !== undefined && !hasBrowser) {
    console.error("There is no Chromium on this machine; BBSBOT_CHROMIUM names one");
    return 3;
  }
  const folder = mkdtempSync(join(tmpdir(), "bbsbot-turn-"));
  try {
    const summary = await profiled(folder, size);
    if (summary === undefined) return 1;
    const costs = costsOf(profilesIn(folder), summary);
    for (const { role, ms, parts } of costs) {
      console.log(`${role.padEnd(30)}${ms.toFixed(3)} ms a turn`);
      for (const [part, own] of parts) console.log(`  ${part.padEnd(28)}${own.toFixed(3)}`);
    }
    if (picture !== undefined) await drawPng(picture, frame, turnPicture(costs));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Size {
  readonly bots: number;
  readonly turns: number;
  readonly sectors: number;
}

/** Runs the demo to its end; undefined when that was no good one, which it has said itself. */
async function profiled(folder: string, { bots, turns, sectors }: Size): Promise<Summary | undefined> {
  const child = Bun.spawn(
    [
      process.execPath,
      "--cpu-prof",
      `--cpu-prof-dir=${folder}`,
      join(import.meta.dir, "../src/cli.ts"),
      ..."demo --json --port 0".split(" "),
      ...`--count ${bots} --pack ${bots} --turns ${turns} --sectors ${sectors}`.split(" "),
    ],
    { stdin: "ignore", stdout: "pipe", stderr: "inherit" },
  );
  const text = await new Response(child.stdout).text();
  return (await child.exited) === 0 ? Summary.parse(JSON.parse(text)) : undefined;
}

const profilesIn = (folder: string): Profile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".cpuprofile"))
    .map((name) => Profile.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))));

/** What each role's turn is made of: the profile's shares of the processor time that the role took. */
export function costsOf(profiles: readonly Profile[], { turns, cpu_seconds }: Summary): TurnCost[] {
  return roles.flatMap((role) => {
    const own = profiles.filter((profile) => roleOf(profile) === role);
    const shares = new Map<string, number>();
    for (const profile of own)
      for (const [part, samples] of sharesOf(profile, role))
        shares.set(part, (shares.get(part) ?? 0) + samples);
    const all = [...shares.values()].reduce((sum, samples) => sum + samples, 0);
    const ms = (1000 * cpu_seconds[role === "worker" ? "workers" : role]) / turns;
    const parts = inOrder(shares, role).map(([part, samples]) => [part, (ms * samples) / all] as const);
    return all === 0 ? [] : [{ role, ms, parts }];
  });
}

const colours = ["#2f6fb0", "#2f855a", "#c05621", "#6b46c1", "#b7791f", "#3182ce", "#9aa5b1"];
const titles: Readonly<Record<Role, string>> = {
  worker: "The bot",
  host: "The host",
  manager: "The manager",
  demo: "Who looks on",
};
const frame: Frame = { width: 1100, height: 60 + 4 * 92 };

/** The picture as SVG. */
export function turnPicture(costs: readonly TurnCost[]): string {
  const whole = costs.reduce((sum, { ms }) => sum + ms, 0);
  const { drawn } = bars(
    costs.map(({ role, parts }) => ({
      title: titles[role],
      parts: parts.map(([name, value], index) => ({ name, value, colour: colours[index % colours.length]! })),
    })),
    frame,
    56,
    (ms) => `${ms.toFixed(3)} ms`,
  );
  return svg(frame, [
    words(20, 32, `Processor time of one turn: ${whole.toFixed(2)} ms`, { size: 17, bold: true }),
    drawn,
  ]);
}
