/** Who has a seat in which process, against processes of the test's own. */
import { expect, test } from "bun:test";
import type { PackProcess, WorkerHooks } from "../src/io/process.ts";
import { createPacks } from "../src/packs.ts";
import type { Pairs } from "../src/proto/pack.ts";

interface Fake {
  readonly folder: string;
  readonly hooks: WorkerHooks;
  readonly lists: Pairs[];
  isClosed: boolean;
}

function scene(seats: number) {
  const begun: Fake[] = [];
  const told: string[] = [];
  const start = createPacks({
    seats,
    folder: "/packs",
    start(folder, hooks): PackProcess {
      const fake: Fake = { folder, hooks, lists: [], isClosed: false };
      begun.push(fake);
      return {
        pid: 100 + begun.length,
        ticks: 7,
        send: (list) => fake.lists.push(list) > 0,
        close: () => void (fake.isClosed = true),
      };
    },
    lastWords: (folder) => `the end of ${folder}`,
  });
  const seat = (bot: string) =>
    start(bot, `/bots/${bot}`, {
      heard: (message) => void told.push(`${bot} says ${JSON.stringify(message)}`),
      closed: () => void told.push(`${bot} closed`),
      exited: (code, signal, words) => void told.push(`${bot} exited ${code} ${signal}: ${words ?? ""}`),
    });
  const drain = () => told.splice(0);
  return { begun, seat, drain };
}

test("a process is filled before the next begins, and what one turn tells many bots leaves in one list", async () => {
  const { begun, seat } = scene(2);
  const [a, b, c] = [seat("a"), seat("b"), seat("c")];
  expect([a.pid, b.pid, c.pid]).toEqual([101, 101, 102]);
  expect(begun.map(({ folder }) => folder)).toEqual(["/packs/1", "/packs/2"]);
  expect(a.send({ type: "dial" })).toBe(true);
  await Promise.resolve();
  expect(begun[0]!.lists).toEqual([
    [
      ["a", { type: "seat", folder: "/bots/a" }],
      ["b", { type: "seat", folder: "/bots/b" }],
      ["a", { type: "dial" }],
    ],
  ]);
});

test("each hears its own; one that leaves frees its seat, and the last takes the process along", () => {
  const { begun, seat, drain } = scene(2);
  const a = seat("a");
  seat("b");
  begun[0]!.hooks.heard([
    ["b", { type: "playing" }],
    ["nobody", { type: "playing" }],
    ["a", { type: "left", code: 3 }],
    ["a", { type: "playing" }],
  ]);
  expect(drain()).toEqual(['b says {"type":"playing"}', "a exited 3 null: "]);
  expect(a.send({ type: "dial" })).toBe(false);
  expect(seat("c").pid).toBe(101);
  begun[0]!.hooks.heard([
    ["b", { type: "left", code: 0 }],
    ["c", { type: "left", code: 0 }],
  ]);
  expect(begun[0]!.isClosed).toBe(true);
  drain();
  // What becomes of an empty process concerns nobody, and nobody is put there any more.
  expect(seat("d").pid).toBe(102);
  begun[0]!.hooks.closed();
  begun[0]!.hooks.exited(0, null);
  expect(drain()).toEqual([]);
});

test("a process that ends takes all in it along, with its own last words", () => {
  const { begun, seat, drain } = scene(3);
  seat("a");
  seat("b");
  begun[0]!.hooks.exited(null, "SIGSEGV");
  const words = "the process that it shared with 1 others ended: the end of /packs/1";
  expect(drain()).toEqual([`a exited null SIGSEGV: ${words}`, `b exited null SIGSEGV: ${words}`]);
  expect(seat("a").pid).toBe(102);
});

test("without its channel a process plays on by itself: nobody is put there, and only its end is told", () => {
  const { begun, seat, drain } = scene(3);
  const a = seat("a");
  seat("b");
  begun[0]!.hooks.closed();
  expect(drain()).toEqual(["a closed", "b closed"]);
  expect(a.send({ type: "dial" })).toBe(false);
  expect(seat("c").pid).toBe(102);
  begun[0]!.hooks.exited(null, "SIGKILL");
  expect(drain().map((told) => told.slice(0, 21))).toEqual([
    "a exited null SIGKILL",
    "b exited null SIGKILL",
  ]);
});

test("what no process of ours says ends its channel", () => {
  for (const nonsense of ["hello", [["a"]], [["no bot's name!", {}]], { a: {} }, null]) {
    const { begun, seat } = scene(3);
    seat("a");
    begun[0]!.hooks.heard(nonsense);
    expect([nonsense, begun[0]!.isClosed]).toEqual([nonsense, true]);
  }
});
