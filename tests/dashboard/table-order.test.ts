import { expect, test } from "bun:test";
import { keepOrder, orderEveryMs, type Order } from "../../src/dashboard/parts/table-order.ts";
import { viewOf, type View } from "../../src/dashboard/parts/table-view.ts";

const view = (address: string): View => viewOf(new URLSearchParams(address));

/** A keeper whose manager answers when told to, and whose clock stands still. */
function kept() {
  const asked: {
    readonly sort: string;
    answer: (ids: string[]) => Promise<void>;
    refuse: () => Promise<void>;
  }[] = [];
  const took: Order[] = [];
  const refusals: unknown[] = [];
  const timers: { readonly work: () => void; readonly ms: number }[] = [];
  const settled = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const keeper = keepOrder({
    ask: ({ sort }) =>
      new Promise((resolve, reject) => {
        asked.push({
          sort,
          answer(ids) {
            resolve({ matched: ids.length, bots: [], ids });
            return settled();
          },
          refuse() {
            reject(new Error("no"));
            return settled();
          },
        });
      }),
    took: (order) => took.push(order),
    refused: (error) => refusals.push(error),
    later(work, ms) {
      const timer = { work, ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  });
  const wait = () => timers.shift()!.work();
  return { keeper, asked, took, refusals, timers, wait };
}

test("a view is asked for at once, and what comes is taken", async () => {
  const { keeper, asked, took } = kept();
  keeper.want(view("sort=-credits"));
  expect(asked.map(({ sort }) => sort)).toEqual(["-credits"]);
  await asked[0]!.answer(["bot_2", "bot_1"]);
  expect(took).toEqual([{ view: view("sort=-credits"), ids: ["bot_2", "bot_1"], matched: 2 }]);
});

test("while the swarm changes it is asked again, but only after a while", async () => {
  const { keeper, asked, timers, wait } = kept();
  keeper.want(view("sort=-credits"));
  await asked[0]!.answer([]);
  for (let change = 0; change < 100; change++) keeper.changed(1);
  expect(asked).toHaveLength(1);
  expect(timers.map(({ ms }) => ms)).toEqual([orderEveryMs]);
  wait();
  expect(asked).toHaveLength(2);
});

test("while nothing changes nothing is asked", async () => {
  const { keeper, asked, wait, timers } = kept();
  keeper.want(view("sort=-credits"));
  await asked[0]!.answer([]);
  wait();
  expect(asked).toHaveLength(1);
  expect(timers).toHaveLength(0);
  keeper.changed(1);
  expect(asked).toHaveLength(2);
});

test("another view is asked for as soon as the former has come, which is then not shown", async () => {
  const { keeper, asked, took } = kept();
  keeper.want(view("sort=credits"));
  keeper.want(view("sort=sector"));
  keeper.want(view("sort=-sector"));
  expect(asked).toHaveLength(1);
  await asked[0]!.answer(["bot_1"]);
  expect(took).toHaveLength(0);
  expect(asked.map(({ sort }) => sort)).toEqual(["credits", "-sector"]);
});

test("by id and without a filter only a bot's coming and going can change the order", async () => {
  const { keeper, asked, wait } = kept();
  keeper.changed(7);
  keeper.want(view(""));
  await asked[0]!.answer([]);
  wait();
  keeper.changed(7);
  expect(asked).toHaveLength(1);
  keeper.changed(8);
  expect(asked).toHaveLength(2);
});

test("a refusal is told, and it is asked again after a while", async () => {
  const { keeper, asked, refusals, wait } = kept();
  keeper.want(view("sort=-credits"));
  await asked[0]!.refuse();
  expect(refusals).toHaveLength(1);
  expect(asked).toHaveLength(1);
  wait();
  expect(asked).toHaveLength(2);
});

test("nothing is asked or taken after the end", async () => {
  const { keeper, asked, took, timers } = kept();
  keeper.want(view("sort=-credits"));
  keeper.end();
  await asked[0]!.answer(["bot_1"]);
  keeper.changed(3);
  expect(took).toHaveLength(0);
  expect(asked).toHaveLength(1);
  expect(timers).toHaveLength(0);
});
