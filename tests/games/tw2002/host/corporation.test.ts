import { describe, expect, test } from "bun:test";
import { addShip, sectorAt } from "../../../../src/games/tw2002/host/galaxy.ts";
import { makePlanet } from "../../../../src/games/tw2002/host/planet.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import { standardPreferences, type Trader } from "../../../../src/games/tw2002/host/things.ts";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { atHome, createTable, enlist, plain, type Table } from "./players.ts";
import { atGameMenu, galaxyOf, pick, replay, traderOf } from "./recorded.ts";
import { press, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";

describe.skipIf(capturesMissing)(`corporations as the real server showed them${whyMissing}`, () => {
  const zero = Date.UTC(2026, 10, 22, 15);

  function wingman(recording: string, known: Partial<Trader>, ship: Parameters<typeof traderOf>[1]) {
    const trader = traderOf(
      { login: "Wingman", name: "Wingman", sector: 711, credits: 5_000_000, lastOn: zero, ...known },
      ship,
    );
    const galaxy = galaxyOf(
      { ...reveal(recording, 1000, 926, zero), planets: [] },
      { yearsAhead: 12 },
      { at: zero, traders: [trader] },
    );
    const { host, caller } = atGameMenu(galaxy, "Wingman", zero);
    let screen = "";
    for (const keys of ["T\r", "N", "\r", "secret1\r"]) screen = press(host, caller, keys, zero);
    while (screen.endsWith("[Pause]")) screen = press(host, caller, "\r", zero);
    return { galaxy, trader, host, caller };
  }

  test("one is founded, listed and looked through, byte for byte", () => {
    const steps = stepsOf("12-evil-rob-steal").filter(({ t }) => t > 116 && t < 214);
    const { galaxy, host, caller } = wingman(
      "12-evil-rob-steal",
      { preferences: { ...standardPreferences(), ansi: false } },
      { fighters: 10 },
    );
    expect(steps[0]?.keys).toBe("T");
    expect(steps.length).toBeGreaterThan(30);
    replay(host, caller, steps, zero);
    expect([...galaxy.corps.values()]).toMatchObject([
      { id: 1, name: "Evil Inc", password: "SESAME", ceo: 1, members: [1] },
    ]);
  });

  test("the corporate menu and its keys, byte for byte", () => {
    const steps = stepsOf("03-return-player");
    const from = steps.findIndex(({ keys, expected }) => keys === "T" && expected.includes("Corp Menu"));
    const { host, caller } = wingman("03-return-player", { sector: 852 }, {});
    replay(host, caller, steps.slice(from, from + 3), zero);
  });

  test("a transporter pad without another ship to go to, byte for byte below our own words", () => {
    const [open] = pick(stepsOf("15-status"), { "transporter-and-shipscan": [2, 3] });
    const { host, caller } = wingman("15-status", {}, { kind: "havocGunStar" });
    const below = (text: string) => text.slice(text.indexOf("\x1b[1;44m<Transport to Ship>"));
    expect(open?.keys).toBe("X");
    expect(below(press(host, caller, "X", zero))).toBe(below(open?.expected ?? ""));
  });
});

const named = (table: Table, name: string): Trader => {
  const trader = table.galaxy.byName.get(name.toLowerCase());
  if (!trader) throw new Error(`There is no ${name}`);
  return trader;
};

/** Zed's corporation of himself, and Mate, who is not in it. */
function founded(settings: Parameters<typeof createTable>[0] = {}) {
  const table = createTable({ seed: 3, ...settings });
  const [zed, mate] = [enlist(table, "Zed"), enlist(table, "Mate")];
  for (const keys of ["TMRed Star\r", "Y", "secret\r", "Y", "Q"]) table.press(zed, keys);
  return { table, zed, mate, trader: named(table, "Zed"), partner: named(table, "Mate") };
}

test("whoever has the password joins, no more than there is room for, and leaves the rest to the next head", () => {
  const { table, zed, mate, trader, partner } = founded({ settings: { corpMembersMax: 2 } });
  const third = enlist(table, "Third");
  expect(plain(table.press(mate, "TJ1\rwrong\r"))).toContain("Invalid password.");
  expect(plain(table.press(mate, "J1\rSecret\rQ"))).toContain("You are now a member of Red Star.");
  expect(plain(table.press(third, "TJ1\rsecret\rQ"))).toContain("no room for another member");
  expect([trader.corp, partner.corp, named(table, "Third").corp]).toEqual([1, 1, 0]);
  expect(galaxyFrom(allRows(table.galaxy), []).corps.get(1)?.members).toEqual([trader.id, partner.id]);
  expect(plain(table.press(mate, "TP"))).toContain("Only the C.E.O. can do that!");
  table.press(mate, "Q");
  table.press(zed, "TXY");
  expect(table.galaxy.corps.get(1)).toMatchObject({ ceo: partner.id, members: [partner.id] });
  sectorAt(table.galaxy, 500).fighters = { owner: { type: "corp", id: 1 }, count: 7, mode: "toll" };
  table.press(mate, "TXY");
  expect(table.galaxy.corps.size).toBe(0);
  expect(sectorAt(table.galaxy, 500).fighters?.owner).toEqual({ type: "trader", id: partner.id });
});

test("partners hand each other credits and fighters in one sector, and not a unit more than there is", () => {
  const { table, zed, mate, trader, partner } = founded();
  table.press(mate, "TJ1\rsecret\rQ");
  const sum = trader.credits + partner.credits;
  table.press(zed, "TC1\rT");
  table.press(mate, "TC1\rF");
  table.press(zed, "300\r");
  expect([trader.credits, partner.credits]).toEqual([0, sum]);
  // Zed has nothing left when Mate's hand comes.
  expect(plain(table.press(mate, "300\r"))).not.toContain("Done!");
  expect(trader.credits + partner.credits).toBe(sum);
  table.press(zed, "F1\rT");
  table.press(mate, "Q2\r");
  expect(plain(table.press(zed, "10\r"))).not.toContain("Done!");
  expect([trader.ship.fighters, partner.ship.fighters]).toEqual([30, 30]);
});

test("a partner who is dropped has no more business in the corporation's citadel", () => {
  const { table, zed, mate, trader, partner } = founded();
  table.press(mate, "TJ1\rsecret\rQ");
  const owner = { type: "corp", id: 1 } as const;
  const known = { name: "Base", type: "M", sector: 1, owner, creator: "Zed", at: table.now } as const;
  const planet = makePlanet(table.galaxy, known);
  Object.assign(planet.citadel, { level: 1, treasury: 1000 });
  table.press(mate, `L${planet.id}\rC`);
  table.press(zed, "TR1\r");
  expect(partner.corp).toBe(0);
  expect(plain(table.press(mate, "TF1000\r"))).toContain("You leave the citadel and return to your ship.");
  expect([partner.credits, planet.citadel.treasury]).toEqual([trader.credits, 1000]);
});

test("a memo reaches partners on line at once and waits for the others", () => {
  const { table, zed, mate, partner } = founded();
  table.press(mate, "TJ1\rsecret\rQ");
  table.take(mate);
  table.press(zed, "TTMeet at Sol\r");
  expect(plain(table.take(mate))).toContain("Corporate Memo from Zed: Meet at Sol\n");
  table.press(mate, "QY");
  table.press(zed, "Tbring fuel\r");
  expect(partner.mail).toMatchObject([{ from: "Zed (Corporate Memo)", text: "bring fuel" }]);
});

test("the transporter takes a trader to his other ship in range, against its password", () => {
  const { table, zed, trader } = founded();
  const ship = (id: number, sector: number, password: string) =>
    buildShip({
      id,
      kind: "scoutMarauder",
      name: `Spare ${id}`,
      maker: "Yard",
      builtAt: table.now,
      sector,
      pilot: 0,
      owner: { type: "trader", id: trader.id },
      password,
    });
  addShip(table.galaxy, ship(101, 2, "open"));
  expect(plain(table.press(zed, "X999\r"))).toContain("That is not an available ship.");
  expect(plain(table.press(zed, "X101\rwrong\r"))).toContain("SECURITY BREACH!");
  const turns = trader.turnsLeft;
  const screen = plain(table.press(zed, "X101\ropen\r"));
  expect(screen).toContain("Security code accepted, engaging transporter control.");
  expect(atHome(screen)).toBe(true);
  expect([trader.sector, trader.ship.id, trader.turnsLeft]).toEqual([2, 101, turns - 1]);
  // A Scout Marauder's pad reaches nobody elsewhere.
  expect(plain(table.press(zed, "X1\r"))).toContain("only has a transport range of 0 hops");
});
