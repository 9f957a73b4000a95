/** Where passwords are not, and who can open what. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { statSync } from "node:fs";
import { join } from "node:path";
import { until } from "./harness.ts";
import { makeField, type Field } from "./storm/field.ts";
import { abstractSockets, canaryConfig, filesIn, lookForLeaks, openModes } from "./storm/secrets.ts";

const bots = 3;

let field: Field;
beforeAll(async () => {
  field = await makeField({
    latencyMs: 20,
    stateFile: "swarm.json",
    manager: { auto_save_interval: 1 },
  });
  await field.startManager();
  await field.spawn(bots, canaryConfig);
  await field.allPlaying();
  await until("a snapshot", () => filesIn(field.folder).some((path) => path.endsWith("swarm.json")));
}, 60_000);
afterAll(() => field?.close(), 30_000);

test("no password is anywhere but in its bot's own two files", async () => {
  const playing = await lookForLeaks(field);
  // A manager that was killed leaves files behind that one which stops puts away.
  await field.stopManager("SIGKILL");
  await field.startManager();
  await field.allPlaying();
  const restarted = await lookForLeaks(field);
  console.log(`S11: ${playing.looked} and ${restarted.looked} places looked at`);
  expect(playing.found).toEqual([]);
  expect(restarted.found).toEqual([]);
});

test("nobody else can open what is the manager's", () => {
  expect(openModes(field)).toEqual([]);
  expect(statSync(join(field.folder, "home/bbsbot/token")).mode & 0o777).toBe(0o600);
  expect(abstractSockets()).toEqual([]);
});
