/** A door for workers started by hand, over lines and a swarm, with sockets, a clock and timers that the test turns. */
import { Hono } from "hono";
import { createDoor } from "../../src/control/door.ts";
import { createLines } from "../../src/control/lines.ts";
import { refuse } from "../../src/control/problem.ts";
import { RegisterReply } from "../../src/proto/link.ts";
import { newSwarm, session, stage } from "../swarm/stories.ts";

/** A door whose clock and timers the test turns. `state`: what a former manager left. */
export function house(state = newSwarm({ maxBots: 4 })) {
  const timers: { at: number; work: () => void }[] = [];
  const now = () => on.at;
  const on = stage(state, {
    perform(effect) {
      if (effect.type === "end" || effect.type === "cut") door.perform(effect);
      else if (effect.type !== "start") lines.perform(effect);
    },
    kept: (heard) => lines.acknowledge(heard),
  });
  on.at = 1000;
  let tokens = 0;
  const lines = createLines({
    state: on.state,
    recorder: on,
    now,
    terms: { maxCpu: undefined, door: undefined, orphanGraceMs: 5000 },
    ticksOf: () => undefined,
    ofGame() {},
    ofDialling() {},
    ofTerminal() {},
    ofAdvice() {},
    ofChoices() {},
    welcomed() {},
  });
  const door = createDoor({
    state: on.state,
    recorder: on,
    lines,
    now,
    newToken: () => `token ${tokens++}`,
    hash: (token) => `hash of ${token}`,
    later: (ms, work) => void timers.push({ at: on.at + ms, work }),
  });
  const app = new Hono();
  app.onError((error) => refuse(error));
  door.mount(app);
  const register = (change: Record<string, unknown> = {}) =>
    app.request("http://manager.test:8000/worker/register", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ version: 2, pid: 42, config_name: "mine.yaml", strategy: "explore", ...change }),
    });
  const registered = async (change?: Record<string, unknown>) =>
    RegisterReply.parse(await (await register(change)).json());
  /** Passes so many milliseconds. */
  function wait(ms: number): void {
    on.at += ms;
    for (const timer of timers.splice(0)) {
      if (timer.at > on.at) timers.push(timer);
      else timer.work();
    }
  }
  /** A socket of this bot; closes as a real one does, with a word to the door. */
  function dial(bot: string, mark = session) {
    const told: { type: string }[] = [];
    const codes: [number, string][] = [];
    const { heard, closed } = door.opened(bot, {
      send: (text) => told.push(JSON.parse(text)),
      close(code, reason) {
        codes.push([code, reason]);
        if (codes.length === 1) closed();
      },
    });
    const say = (...messages: object[]) => messages.forEach((message) => heard(JSON.stringify(message)));
    say({ type: "hello", version: 2, bot_id: bot, pid: 42, session: mark });
    return { told, codes, heard, closed, say };
  }
  return { on, door, register, registered, wait, dial };
}
