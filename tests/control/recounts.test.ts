import { expect, test } from "bun:test";
import { createRecounts, recountMaxMs } from "../../src/control/recounts.ts";
import { failureOf } from "../doubles/failure.ts";
import { playing, stage } from "../swarm/stories.ts";

function counter(...bots: string[]) {
  const on = stage();
  for (const bot of bots) playing(on, bot);
  const told: string[] = [];
  const timers = new Set<{ ms: number; work: () => void }>();
  const recounts = createRecounts({
    state: on.state,
    tell: (bot, message) => void told.push(`${bot} ${message.type}`),
    later(ms, work) {
      const timer = { ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  const ask = (bot_id: string) => recounts.answers.botDecisions({ bot_id });
  return { on, told, timers, ask, heard: recounts.heard };
}
const choice = (at: number, why = "it pays") => ({ at, intent: "trade", why, sector: 7 });
const recounted = (...choices: ReturnType<typeof choice>[]) => ({ type: "recounted", choices }) as const;

test("a bot's worker is asked what it chose, and what it says is told newest first", async () => {
  const { ask, heard, told, timers } = counter("a");
  const asked = ask("a");
  heard("b", recounted(choice(1)));
  heard("a", recounted(choice(1), choice(2, "go\u001b[2J on")));
  expect(await asked).toEqual({ bot_id: "a", decisions: [choice(2, "go·[2J on"), choice(1)] });
  expect(told).toEqual(["a recount"]);
  await Bun.sleep(0);
  expect(timers.size).toBe(0);
  // What comes unasked goes nowhere.
  heard("a", recounted(choice(3)));
});

test("those who ask at once get one answer, and the next one a new one", async () => {
  const { ask, heard, told } = counter("a");
  const both = [ask("a"), ask("a")];
  heard("a", recounted(choice(1)));
  expect((await Promise.all(both)).map(({ decisions }) => decisions.length)).toEqual([1, 1]);
  await Bun.sleep(0);
  const next = ask("a");
  heard("a", recounted());
  expect(await next).toEqual({ bot_id: "a", decisions: [] });
  expect(told).toEqual(["a recount", "a recount"]);
});

test("a worker that does not answer, cannot be reached or has ended is not waited for in vain", async () => {
  const { ask, on, timers, told } = counter("a", "b", "c");
  const silent = failureOf(ask("a"));
  const [timer] = timers;
  expect(timer!.ms).toBe(recountMaxMs);
  timer!.work();
  expect(await silent).toContain(
    'Nothing is known of what bot "a" chose: its worker did not tell it in time',
  );
  on.happened({ type: "unlinked", bot: "b", at: 5 });
  expect(await failureOf(ask("b"))).toContain("its worker cannot be reached just now");
  on.happened({ type: "completed", bot: "c", reason: "done", at: 5 });
  expect(await failureOf(ask("c"))).toContain("it has ended");
  expect(await failureOf(ask("d"))).toContain('There is no bot "d"');
  expect(told).toEqual(["a recount"]);
});
