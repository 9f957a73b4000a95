/** Profiles as Bun writes them, and what is read off them. */
import { expect, test } from "bun:test";
import { costsOf, turnPicture } from "../../../bench/turn.ts";
import { Profile, roleOf, runtime, sharesOf } from "../../../bench/turn/shares.ts";

/** A profile of stacks, the outermost call first, each with its samples. */
function profileOf(stacks: readonly (readonly [urls: readonly string[], samples: number])[]): Profile {
  const nodes: { id: number; callFrame: { functionName: string; url: string }; children: number[] }[] = [
    { id: 1, callFrame: { functionName: "(root)", url: "" }, children: [] },
  ];
  const samples: number[] = [];
  for (const [urls, count] of stacks) {
    let at = nodes[0]!;
    for (const url of urls) {
      const node = { id: nodes.length + 1, callFrame: { functionName: "f", url }, children: [] };
      at.children.push(node.id);
      nodes.push((at = node));
    }
    for (let index = 0; index < count; index++) samples.push(at.id);
  }
  return Profile.parse({ nodes, samples });
}

const worker = profileOf([
  [["/x/src/packed.ts", "/x/src/wire.ts", "/x/src/games/tw2002/strategies/market.ts"], 6],
  // Native work counts as its caller's.
  [["/x/src/packed.ts", "/x/src/games/tw2002/reader/read.ts", ""], 3],
  [["/x/src/packed.ts", "/x/src/io/socket.ts", "node:net", ""], 2],
  [[""], 1],
]);

test("the innermost part that a stack goes through has its time, and nothing is lost", () => {
  expect(Object.fromEntries(sharesOf(worker, "worker"))).toEqual({
    planning: 6,
    reading: 3,
    sockets: 2,
    [runtime]: 1,
  });
});

test("a profile's role is told by the file that only this role runs", () => {
  expect(roleOf(worker)).toBe("worker");
  expect(roleOf(profileOf([[["file:///x/src/host.ts", "/x/src/games/tw2002/host/mod.ts"], 1]]))).toBe("host");
  expect(roleOf(profileOf([[["/x/node_modules/zod/index.js"], 1]]))).toBeUndefined();
});

test("shares are of the processor time that the role took, over all its processes", () => {
  const host = profileOf([[["/x/src/host.ts", "/x/src/games/tw2002/host/text/paper.ts"], 4]]);
  const costs = costsOf([worker, worker, host], {
    turns: 1000,
    cpu_seconds: { workers: 0.6, host: 0.2, manager: 0.1, demo: 0.1 },
  });
  expect(costs.map(({ role, ms }) => [role, ms])).toEqual([
    ["worker", 0.6],
    ["host", 0.2],
  ]);
  const told = costs[0]!.parts.map(([part, ms]) => [part, Math.round(ms * 1000) / 1000]);
  expect(told).toEqual([
    ["sockets", 0.1],
    ["planning", 0.3],
    ["reading", 0.15],
    [runtime, 0.05],
  ]);
  const picture = turnPicture(costs);
  for (const words of ["Processor time of one turn: 0.80 ms", "The bot: 0.600 ms", "planning 0.300 ms"])
    expect(picture).toContain(words);
});
