/** The verbs at a terminal: what is asked before many are killed, and how a swarm's coming is drawn. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sinner, testManager, type TestManager } from "../doubles/manager.ts";
import { binary, scratch } from "./harness.ts";
import { terminal, tmuxMissing, whyNoTmux } from "./tmux.ts";

const { folder, remove } = scratch();
let double: TestManager;
let env: Record<string, string>;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  double = await testManager();
  env = { BBSBOT_URL: double.url, XDG_CONFIG_HOME: folder, HOME: folder };
  mkdirSync(join(folder, "bots"));
  writeFileSync(join(folder, "bots/a.yaml"), "trading:\n  goal: good\n");
  for (const bot_id of ["red_0", "red_1"]) await double.swarm.spawnBot({ bot_id, config: sinner("good") });
}, 30_000);

afterAll(async () => {
  for (const end of ends) await end();
  await double?.end();
  remove();
});

const seated = async (columns = 80) => {
  const seat = await terminal(columns, 24, { PATH: process.env["PATH"] ?? "", B: binary, ...env });
  ends.push(seat.end);
  const type = async (line: string) => {
    await seat.type(line);
    await seat.press("Enter");
  };
  await type(`cd '${folder}'`);
  return { ...seat, line: type };
};

test.skipIf(tmuxMissing)(`a person is asked before many are killed${whyNoTmux}`, async () => {
  const seat = await seated();
  await seat.line('"$B" kill "red_*"; echo "status $?"');
  await seat.shows("Kill 2 bots? [y/N]");
  await seat.line("n");
  await seat.shows("Nothing was done\nstatus 0");
  await seat.line('clear; "$B" kill "red_*"; echo "status $?"');
  await seat.shows("Kill 2 bots? [y/N]");
  await seat.line("y");
  await seat.shows("red_0 killed\nred_1 killed\nstatus 0");
});

/** Times and the numbers of bots become #. */
const normal = (rows: readonly string[]) =>
  `${rows
    .join("\n")
    .trimEnd()
    .replaceAll(/bot_\d{3}/g, "bot_#")
    .replaceAll(/, \d+m?\d*s$/gm, ", #s")}\n`;

/** Compares with the stored screen; BBSBOT_SCREENS=write stores what is seen instead. */
function expectScreen(name: string, rows: readonly string[]): void {
  const file = join(import.meta.dir, `screens/${name}.txt`);
  const now = normal(rows);
  if (process.env["BBSBOT_SCREENS"] === "write") writeFileSync(file, now);
  expect(existsSync(file)).toBe(true);
  expect(now).toBe(readFileSync(file, "utf8"));
}

test.skipIf(tmuxMissing)(
  `a swarm's coming is drawn in place, and Ctrl-C ends no bot${whyNoTmux}`,
  async () => {
    const seat = await seated();
    await seat.line(
      'clear; "$B" spawn-swarm --count 4 --config bots --group-size 2 --group-delay 1h; echo "status $?"',
    );
    expectScreen("spawn-swarm-half-80x24", await seat.shows(/50% running.*\n2 spawned/));
    await seat.press("C-c");
    await seat.shows("No longer looking on; the bots go on by themselves\nstatus 130");
    await seat.line('clear; "$B" spawn-swarm --count 3 --config bots; echo "status $?"');
    expectScreen("spawn-swarm-done-80x24", await seat.shows(/100% running[^]*status 0/));
    expect(await double.swarm.swarmStatus({})).toMatchObject({ total_bots: 9, running: 5 });
  },
);
