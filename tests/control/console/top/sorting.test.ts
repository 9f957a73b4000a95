import { expect, test } from "bun:test";
import { sortingFrom } from "../../../../src/control/console/sort.ts";
import { sortBots } from "../../../../src/control/console/top/sorting.ts";
import { aBot } from "./swarm.ts";

const ids = async (by: string, ...bots: ReturnType<typeof aBot>[]) =>
  sortBots(bots, await sortingFrom(by)).map(({ bot_id }) => bot_id);

test("who struggles most comes first, as the manager has it: by state, line, earnings, troubles", async () => {
  const earning = (id: string, credits_per_turn: number, more = {}) =>
    aBot(id, { turns_executed: 50, credits_per_turn, pid: 1, linked: true, ...more });
  const bots = [
    earning("done", 0, { state: "COMPLETED" }),
    earning("fine", 100),
    earning("rich", 150),
    earning("poor", 40),
    earning("troubled", 100, { troubles: 3 }),
    earning("cut", 100, { linked: false }),
    earning("young", 0, { turns_executed: 49 }),
    earning("given", 0, { state: "FAILED" }),
  ];
  const order = ["given", "cut", "poor", "troubled", "fine", "rich", "young", "done"];
  expect(await ids("struggling", ...bots)).toEqual(order);
  expect((await ids("-struggling", ...bots))[0]).toBe("done");
});

test("bots that are alike stand by their ids, as people count", async () => {
  expect(await ids("credits", aBot("bot_10"), aBot("bot_2"))).toEqual(["bot_2", "bot_10"]);
});
