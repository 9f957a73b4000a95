/** A life's questions on their way to a model, and the answers on their way back. */
import { expect, test } from "bun:test";
import { type Answered, createAdvised } from "../src/advised.ts";
import type { Asked } from "../src/proto/advice.ts";
import type { WorkerMessage } from "../src/proto/link.ts";

const ask = { type: "ask", id: 3, at: 9, picture: "{}" } as const;
const accepted = { type: "weighed", id: 3, at: 12, outcome: "accepted" } as const;

function begin(way: "managed" | "alone" | "neither") {
  const said: WorkerMessage[] = [];
  const asked: Asked[] = [];
  const weighed: unknown[] = [];
  const events: Answered[] = [];
  const link = { up: true };
  const advised = createAdvised({
    botId: "b",
    link: way === "managed" ? { say: (message) => void said.push(message), isUp: () => link.up } : undefined,
    own:
      way === "alone"
        ? { ask: (one) => void asked.push(one), weighed: (...all) => void weighed.push(all), end: () => {} }
        : undefined,
    answered: (event) => void events.push(event),
  });
  return { advised, said, asked, weighed, events, link };
}

test("a managed bot's question goes to its manager, and the answer to the life", () => {
  const { advised, said, events } = begin("managed");
  advised.ask(ask);
  advised.hears({ type: "advice", id: 3, plan: "{}" });
  advised.weighed(accepted);
  expect(said).toEqual([ask, accepted]);
  advised.hears({ type: "unadvised", id: 4, reason: "budget", for_ms: 500 });
  advised.hears({ type: "unadvised", id: 5, reason: "timeout" });
  expect(events).toEqual([
    { type: "advised", id: 3, plan: "{}" },
    { type: "unadvised", id: 4, reason: "budget", forMs: 500 },
    { type: "unadvised", id: 5, reason: "timeout" },
  ]);
});

test("a line that breaks answers the open question, once, and none that was answered", () => {
  const { advised, events } = begin("managed");
  advised.ask(ask);
  advised.unlinked();
  advised.unlinked();
  expect(events).toEqual([{ type: "unadvised", id: 3, reason: "unreachable" }]);
  advised.ask({ ...ask, id: 4 });
  advised.hears({ type: "advice", id: 4, plan: "{}" });
  advised.unlinked();
  expect(events).toHaveLength(2);
  // Given up by the life itself.
  advised.ask({ ...ask, id: 5 });
  advised.weighed({ ...accepted, id: 5, outcome: "timeout" });
  advised.unlinked();
  expect(events).toHaveLength(2);
});

test("while there is no line, and where there is no model, the life hears so at once", () => {
  const managed = begin("managed");
  managed.link.up = false;
  managed.advised.ask(ask);
  expect(managed.said).toEqual([]);
  expect(managed.events).toEqual([{ type: "unadvised", id: 3, reason: "unreachable" }]);
  const neither = begin("neither");
  neither.advised.ask(ask);
  expect(neither.events).toEqual([{ type: "unadvised", id: 3, reason: "off" }]);
});

test("a bot that plays alone asks for itself, and says what became of it", () => {
  const { advised, asked, weighed, events } = begin("alone");
  advised.ask(ask);
  advised.weighed(accepted);
  expect(asked).toEqual([{ bot: "b", id: 3, at: 9, picture: "{}" }]);
  expect(weighed).toEqual([["b", 3, 12, "accepted"]]);
  expect(events).toEqual([]);
});
