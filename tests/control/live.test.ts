import { expect, test } from "bun:test";
import { createLive, sinceOf, type LiveTopic } from "../../src/control/live.ts";
import { goneMax } from "../../src/control/live-known.ts";
import { LiveMessage } from "../../src/proto/events.ts";
import { foldLive, type LiveState } from "../../src/proto/live-fold.ts";
import type { BotStatus } from "../../src/proto/status.ts";
import { createPretence, dice, pretendedBot, pretendedId, type Pretence } from "../doubles/pretence.ts";

const firstRev = 1_764_000_000_000;

/** A live telling of a pretended swarm, with viewers who fold what they hear. */
function stage(bots: number, seed = 1) {
  const swarm = createPretence(bots, seed);
  const viewers = new Set<Viewer>();
  const published: LiveMessage[] = [];
  const asked = { status: 0, totals: 0, bot: 0 };
  const counted = <K extends keyof typeof asked>(name: K) =>
    ((...args: never[]) => {
      asked[name]++;
      return (swarm[name] as (...args: never[]) => unknown)(...args);
    }) as Pretence[K];
  const live = createLive({
    status: counted("status"),
    totals: counted("totals"),
    bot: counted("bot"),
    viewers: () => viewers.size,
    publish(topic, text) {
      const message = LiveMessage.parse(JSON.parse(text));
      if (topic === "swarm") published.push(message);
      for (const viewer of viewers) if (viewer.topic === topic) viewer.hear(text);
    },
    firstRev,
  });
  const come = (knows?: LiveState, topic: LiveTopic = "swarm") => {
    const viewer = createViewer(knows, topic);
    viewer.hear(live.greeting(knows?.rev));
    viewers.add(viewer);
    return viewer;
  };
  return { swarm, live, viewers, published, asked, come };
}

interface Viewer {
  readonly topic: LiveTopic;
  state: LiveState | undefined;
  readonly heard: LiveMessage[];
  hear(text: string): void;
}

function createViewer(state: LiveState | undefined, topic: LiveTopic): Viewer {
  const viewer: Viewer = {
    topic,
    state,
    heard: [],
    hear(text) {
      const message = JSON.parse(text) as LiveMessage;
      viewer.heard.push(message);
      if (message.type === "changes") {
        const told = [...message.bots.map(({ bot_id }) => bot_id), ...message.gone];
        expect(new Set(told).size).toBe(told.length);
      }
      viewer.state = foldLive(viewer.state, message);
    },
  };
  return viewer;
}

test("a bot that changed often is told once, by the fields that differ, and silence costs nothing", () => {
  const { swarm, live, published, asked, come } = stage(3);
  come();
  for (let times = 0; times < 10; times++) live.told(swarm.report("bot_001"));
  live.flush();
  live.flush();
  expect(published).toHaveLength(1);
  const [message] = published;
  if (message?.type !== "changes") throw new Error("expected changes");
  expect(message.bots).toHaveLength(1);
  const { credits, turns_executed } = swarm.bot("bot_001")!;
  expect(message.bots[0]).toMatchObject({ bot_id: "bot_001", credits, turns_executed });
  // What stays as it is was told once.
  for (const field of ["trader", "place"]) expect(message.bots[0]).not.toHaveProperty(field);
  expect(message.totals).toEqual(swarm.totals());
  expect(asked).toEqual({ status: 1, totals: 1, bot: 1 });
});

test("while nobody views, nothing is computed; whoever comes then gets what is", () => {
  const { swarm, live, asked, published, viewers, come } = stage(3);
  const nothingBut = (status: number) => expect(asked).toEqual({ status, totals: 0, bot: 0 });
  live.told(swarm.report("bot_000"));
  live.flush();
  live.heartbeat();
  nothingBut(0);
  const early = come();
  nothingBut(1);
  viewers.delete(early);
  live.told(swarm.report("bot_001"));
  live.flush();
  live.told(swarm.report("bot_002"));
  live.flush();
  live.heartbeat();
  nothingBut(1);
  expect(published).toEqual([]);
  const back = come(early.state);
  expect(back.heard[0]).toMatchObject({ type: "changes" });
  expect(view(back.state)).toEqual(view(come().state));
  expect([...back.state!.bots.values()]).toEqual(swarm.status().bots);
});

test("a thousand who come at once are greeted with one text, and told of a change with one", () => {
  const { swarm, live, asked, published, come } = stage(50);
  const greetings = new Set(Array.from({ length: 1000 }, () => come().heard[0]!.rev));
  expect(greetings.size).toBe(1);
  expect(asked.status).toBe(1);
  live.told(swarm.report("bot_007"));
  live.flush();
  expect(asked).toEqual({ status: 1, totals: 1, bot: 1 });
  expect(published).toHaveLength(1);
});

test("time that passes is no change: it is told with the next one, and with each full status", () => {
  const { swarm, live, published, come } = stage(2);
  come();
  swarm.pass(3);
  for (const id of swarm.ids()) live.told({ type: "noted", bot: id, severity: "info", text: "", at: 1 });
  live.flush();
  expect(published).toEqual([]);
  live.told(swarm.report("bot_000"));
  live.flush();
  const { uptime_seconds } = swarm.bot("bot_000")!;
  expect(published[0]).toMatchObject({ bots: [{ bot_id: "bot_000", uptime_seconds }] });
  live.heartbeat();
  expect(published[1]).toMatchObject({ type: "snapshot", status: { bots: swarm.status().bots } });
});

test("a full status comes though nothing happened, and has what no event announced", () => {
  const { swarm, live, published, come } = stage(1);
  const viewer = come();
  swarm.put({ ...swarm.bot("bot_000")!, state: "PAUSED" });
  live.heartbeat();
  live.heartbeat();
  expect(published.map(({ type }) => type)).toEqual(["snapshot", "snapshot"]);
  expect(published[1]!.rev).toBe(published[0]!.rev + 1);
  expect(viewer.state?.bots.get("bot_000")?.state).toBe("PAUSED");
});

test("who asked for changes alone knows as much as others, and is told the whole but once", () => {
  const { swarm, live, come } = stage(50);
  const [whole, changes] = [come(), come(undefined, "changes")];
  swarm.pass(3);
  swarm.put({ ...swarm.bot("bot_000")!, state: "PAUSED" });
  live.told(swarm.report("bot_001"));
  live.flush();
  swarm.remove("bot_002");
  live.heartbeat();
  live.heartbeat();
  expect(view(changes.state)).toEqual(view(whole.state));
  expect([...changes.state!.bots.values()]).toEqual(swarm.status().bots);
  expect(changes.heard.map(({ type }) => type)).toEqual(["snapshot", "changes", "changes", "changes"]);
  // Nothing was another the last time.
  expect(changes.heard.at(-1)).toMatchObject({ bots: [], gone: [] });
});

test("who comes back is told what it missed, bots that are gone among it, and nothing when it missed nothing", () => {
  const { swarm, live, viewers, come } = stage(5);
  come();
  const [leaver, idle] = [come(), come()];
  viewers.delete(leaver);
  live.told(swarm.remove("bot_003"));
  live.told(swarm.report("bot_001"));
  live.flush();
  const back = come(leaver.state);
  expect(back.heard[0]).toMatchObject({ type: "changes", bots: [{ bot_id: "bot_001" }], gone: ["bot_003"] });
  expect(view(back.state)).toEqual(view(idle.state));
  viewers.delete(back);
  expect(come(back.state).heard[0]).toMatchObject({ type: "changes", bots: [], gone: [] });
});

test("revisions of another time, and gaps too long to remember, are answered with a snapshot", () => {
  const { swarm, live, come } = stage(0);
  const viewer = come();
  const typeFor = (since: number) => (JSON.parse(live.greeting(since)) as LiveMessage).type;
  const from = viewer.state!.rev;
  expect(from).toBeGreaterThan(firstRev);
  expect([firstRev - 5, from + 1, 0].map(typeFor)).toEqual(["snapshot", "snapshot", "snapshot"]);
  const comeAndGo = (numbers: readonly number[]) => {
    for (const number of numbers) {
      swarm.put(pretendedBot(pretendedId(number), dice(1)));
      live.told({ type: "playing", bot: pretendedId(number), at: 1 });
    }
    live.flush();
    for (const number of numbers) live.told(swarm.remove(pretendedId(number)));
    live.flush();
  };
  comeAndGo(Array.from({ length: goneMax }, (_, number) => number));
  expect(typeFor(from)).toBe("changes");
  comeAndGo([goneMax]);
  // The first came with the first telling and went with the second; whoever heard that has missed nothing that is forgotten.
  expect([from, from + 1, from + 2].map(typeFor)).toEqual(["snapshot", "snapshot", "changes"]);
});

test("viewers who come, go and come back at any time know the same, and what is true", () => {
  for (let seed = 1; seed <= 150; seed++) history(seed);
});

/** One random history. Throws, with its seed, at the first disagreement. */
function history(seed: number) {
  const { swarm, live, viewers, come } = stage(4, seed);
  const roll = dice(seed);
  const left: LiveState[] = [];
  const any = <T>(list: readonly T[]) => list[roll(list.length)];
  const touch = (id: string) => live.told({ type: "playing", bot: id, at: 1 });
  const deeds: readonly (() => void)[] = [
    () => swarm.ids().length > 0 && live.told(swarm.report(any(swarm.ids())!)),
    () => swarm.ids().length > 0 && live.told(swarm.report(any(swarm.ids())!)),
    () => swarm.pass(1),
    () => {
      const id = pretendedId(roll(8));
      swarm.put(withLess(pretendedBot(id, roll), roll));
      touch(id);
    },
    () => {
      const id = any(swarm.ids());
      if (id !== undefined) live.told(swarm.remove(id));
    },
    () => come(),
    () => left.length > 0 && come(any(left)),
    () => {
      const leaver = any([...viewers]);
      if (!leaver) return;
      viewers.delete(leaver);
      if (leaver.state) left.push(leaver.state);
    },
    () => live.flush(),
    () => live.flush(),
    () => live.heartbeat(),
  ];
  for (let step = 0; step < 120; step++) {
    deeds[roll(deeds.length)]!();
    const [first, ...others] = [...viewers];
    for (const other of others)
      expect({ seed, ...view(other.state) }).toEqual({ seed, ...view(first!.state) });
  }
  const last = come();
  live.flush();
  expect(withoutTime(last.state!.bots.values())).toEqual(withoutTime(swarm.status().bots));
  live.heartbeat();
  for (const viewer of viewers)
    expect({ seed, ...view(viewer.state) }).toEqual({
      seed,
      rev: last.state!.rev,
      totals: swarm.totals(),
      bots: byId(swarm.status().bots),
    });
}

/** A bot some of whose fields are not known, and that may have something wrong. */
function withLess(bot: BotStatus, roll: (below: number) => number): BotStatus {
  const less: BotStatus = { ...bot };
  for (const field of ["bank", "ship", "pid", "memory_mb"] as const) if (roll(2)) delete less[field];
  return roll(2)
    ? less
    : { ...less, error: "It fell", order: { id: roll(3), type: "pause", state: "queued" } };
}

const byId = (bots: Iterable<BotStatus>) =>
  [...bots].sort((one, other) => (one.bot_id < other.bot_id ? -1 : 1));
const view = (state: LiveState | undefined) => ({ ...state, bots: byId(state!.bots.values()) });
const withoutTime = (bots: Iterable<BotStatus>) =>
  byId(bots).map((bot) => ({ ...bot, uptime_seconds: 0, last_update: 0 }));

test("only a whole number is taken for a revision", () => {
  const since = (query: string) => sinceOf(new URL(`http://x/ws/swarm${query}`));
  expect(since("?since=1764000000001")).toBe(1_764_000_000_001);
  for (const query of ["", "?since=", "?since=-1", "?since=1e9", "?since=99999999999999999999", "?since=x"])
    expect(since(query)).toBeUndefined();
});

test("what plans earn grows with each turn, and is told when more than that has changed, or with everything", () => {
  const { swarm, live, come } = stage(1);
  const id = pretendedId(0);
  const viewer = come();
  const advice = {
    source: "advice" as const,
    plan: "work 12 and 77",
    asked: 2,
    accepted: 2,
    rejected: {},
    failed: {},
    turns: { advice: 10, rules: 3, fallback: 0 },
    credits: { advice: 900, rules: 60, fallback: 0 },
  };
  const play = (change: Partial<typeof advice>) => {
    swarm.put({ ...swarm.bot(id)!, advice: { ...advice, ...change } });
    live.told(swarm.report(id));
    live.flush();
    return viewer.heard.at(-1)! as { bots?: { advice?: object }[] };
  };
  const seen = () => viewer.state!.bots.get(id)!.advice;
  expect(play({}).bots![0]!.advice).toEqual(advice);
  const grown = { ...advice.turns, advice: 11 };
  expect(play({ turns: grown }).bots![0]).not.toHaveProperty("advice");
  expect(seen()).toEqual(advice);
  expect(play({ turns: grown, plan: "bank" }).bots![0]!.advice).toMatchObject({ turns: grown, plan: "bank" });
  play({ turns: { ...grown, advice: 12 }, plan: "bank" });
  live.heartbeat();
  expect(seen()).toMatchObject({ turns: { advice: 12 } });
});
