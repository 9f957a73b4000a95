import { describe, expect, test } from "bun:test";
import { failureOf } from "../doubles/failure.ts";
import { playing, report, spawned } from "../swarm/stories.ts";
import { office } from "./office.ts";

function house() {
  const made = office();
  const { on } = made;
  on.request([{ ...spawned("red", 1000), labels: { team: "red" } }]);
  for (const [index, trader] of ["Zed", "Çelik \u2588", undefined].entries()) {
    playing(on, `b${index}`, 1000);
    const told = report({ credits: 500 - 100 * index, ...(trader !== undefined && { trader }) });
    on.happened({ type: "reported", bot: `b${index}`, report: told, at: 1000 });
  }
  const ids = async (input: object) => (await made.ask("listBots", input)).bots.map(({ bot_id }) => bot_id);
  return { ...made, ids };
}

describe("a list of bots", () => {
  test("is of a selection and a query, sorted, and says how many were meant", async () => {
    const { ask, ids } = house();
    expect(await ids({})).toEqual(["b0", "b1", "b2", "red"]);
    const list = await ask("listBots", { states: "RUNNING", sort: "credits", limit: "2" });
    expect(list).toMatchObject({
      matched: 3,
      bots: [
        { bot_id: "b2", credits: 300 },
        { bot_id: "b1", credits: 400 },
      ],
    });
    expect(await ids({ states: "RUNNING", sort: "credits", limit: 2, cursor: list.next_cursor })).toEqual([
      "b0",
    ]);
    expect(await ids({ labels: "team=red" })).toEqual(["red"]);
    expect(await ids({ query: "zed" })).toEqual(["b0"]);
    expect(await ask("listBots", { bots: "nobody" })).toEqual({ matched: 0, bots: [] });
  });

  test("leads on by its cursor under every order, and under no other than its own", async () => {
    const { ask, ids } = house();
    for (const sort of ["trader", "-trader", "memory_mb", "struggling", "-state", "uptime_seconds"]) {
      const paged: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await ask("listBots", { sort, limit: 1, cursor });
        paged.push(...page.bots.map(({ bot_id }) => bot_id));
        cursor = page.next_cursor;
        if (cursor === undefined) break;
      }
      expect([sort, ...paged]).toEqual([sort, ...(await ids({ sort }))]);
    }
    const { next_cursor } = await ask("listBots", { limit: 1 });
    expect(await failureOf(ask("listBots", { sort: "credits", cursor: next_cursor }))).toStartWith(
      `Cannot go on from cursor "${next_cursor}"`,
    );
  });

  test("tells ids alone where no more is wanted, in the same order and by the same cursor", async () => {
    const { ask } = house();
    const asked = { states: "RUNNING", sort: "credits", ids_only: "true" };
    expect(await ask("listBots", asked)).toEqual({ matched: 3, bots: [], ids: ["b2", "b1", "b0"] });
    const { next_cursor: cursor, ids } = await ask("listBots", { ...asked, limit: 2 });
    expect(ids).toEqual(["b2", "b1"]);
    expect((await ask("listBots", { ...asked, cursor, limit: 5000 })).ids).toEqual(["b0"]);
    expect(await failureOf(ask("listBots", { limit: 1001 }))).toContain("at most 1000 bots, or 5000 ids");
    expect(await ask("listBots", { ids_only: false, limit: 1 })).not.toHaveProperty("ids");
  });

  test("tells labels, as one bot's status does", async () => {
    const { ask } = house();
    const [bot] = (await ask("listBots", { bots: "red" })).bots;
    expect(bot!.labels).toEqual({ team: "red" });
    expect(bot).toEqual(await ask("botStatus", { bot_id: "red" }));
  });
});
