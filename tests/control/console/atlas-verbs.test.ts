import { expect, test } from "bun:test";
import { replies, scribe } from "../../doubles/scribe.ts";
import { typed } from "../../doubles/console.ts";

test("a sector is told with its port and its goods, harmless", async () => {
  const swarm = {
    ...scribe().swarm,
    sector: async () => ({
      ...replies.sector,
      place: "x\u001b[2J",
      fed_space: true,
      stardock: true,
      port: {
        class: 3,
        code: "SBB",
        goods: [
          { product: "Fuel Ore", side: "sells", trading: 1100, percent: 50, price: 20.5 },
          { product: "Organics", side: "buys", price: 40 },
        ],
      },
      danger: { kind: "fighters\u0007", count: 1200, at: 1_700_000_000_000 },
    }),
  };
  const { out } = await typed("sector 7", { doors: { swarm: async () => swarm as never } });
  expect(out).toContain("Sector  7, FedSpace, Stardock\nGame    x·[2J, 1,000 sectors known\nWarps   1 2\n");
  expect(out).toContain("Danger  1,200 fighters·, seen 2023-11-14T22:13:20Z\nBots    a\n");
  expect(out).toContain(
    "PRODUCT   THE PORT  UNITS   %  PRICE\nFuel Ore  sells     1,100  50   20.5\nOrganics  buys          -   -   40.0\n",
  );
});

test("routes are a table, a path a line, and each is whole as JSON", async () => {
  const routes = await typed("routes --limit 5 --holds 20 --turns-per-warp 3 --max-hops 2 --place h:1/A");
  expect(routes.out).toContain("FROM  TO  HOPS  CR/TURN  CARRIED\n   7   9     1    120.5  Fuel Ore\n");
  expect(routes.asked).toEqual([
    ["routes", { limit: 5, holds: 20, turns_per_warp: 3, max_hops: 2, place: "h:1/A" }],
  ]);
  expect(await typed("path 1 2")).toMatchObject({
    out: "1 warp: 1 > 2\n",
    asked: [["path", { from: 1, to: 2 }]],
  });
  expect(JSON.parse((await typed("path 1 2 --json")).out)).toEqual(replies.path);
  expect(JSON.parse((await typed("routes --json")).out)).toEqual(replies.routes);
});

test("what is no sector and no place is refused before anything is asked", async () => {
  for (const line of ["sector 0", "sector x", "path 1", "sector 1 --place nowhere", "routes --holds 256"])
    expect(await typed(line)).toMatchObject({ status: 2, out: "", asked: [] });
});
