import { expect, test } from "bun:test";
import { dearestAt, likelyMcic, pointWorth, priceAt } from "../../../src/games/tw2002/prices.ts";
import { type Product, products, unitPrice, weekdayMood } from "../../../src/games/tw2002/rules/ports.ts";
import { allBut } from "../../../src/games/tw2002/struck.ts";
import { Ports } from "../../../src/games/tw2002/ports.ts";
import { anyPort, call, diceOf, visitor } from "./porttalk.ts";

const day = 2;

test("the price expected at a port that is known is the one that haggling brings, at every stock", () => {
  const dice = diceOf(6);
  let asked = 0;
  let paid = 0;
  for (let port = 0; port < 150; port++) {
    const hidden = anyPort(dice);
    const world = visitor("master", 1000);
    const full = hidden.productivity * 10;
    const visit = { hidden, units: 40, day, dice };
    call(world, { ...visit, stock: full });
    call(world, { ...visit, stock: full });
    const stock = dice.between(Math.ceil(full / 2), full, "");
    const place = world.ports.get(world.sector)!;
    const expected = priceAt(world, place, hidden.product, hidden.side, stock)!;
    expect(
      priceAt(world, place, hidden.product, hidden.side === "buying" ? "selling" : "buying"),
    ).toBeUndefined();
    const { how, price } = call(world, { ...visit, stock });
    if (how !== "struck") continue;
    asked += expected / (price / 40);
    paid++;
  }
  expect(Math.abs(asked / paid - 1)).toBeLessThan(0.01);
});

test("of a port nobody has bargained with the middle of the range is expected, of one that is known what is left", () => {
  const good = (product: Product, mcics: number[]) => ({
    side: "selling" as const,
    trading: 1000,
    percent: 100,
    least: 100,
    most: 100,
    redone: 0,
    struck: allBut(product, mcics),
  });
  expect(likelyMcic("Equipment", undefined)).toBe(42.5);
  expect(likelyMcic("Equipment", good("Equipment", [30, 31, 32]))).toBe(31);
  expect(likelyMcic("Fuel Ore", good("Fuel Ore", []))).toBe(65);
});

test("an order that can pay the dearest price can pay every price, haggled or as offered", () => {
  for (const haggle of ["master", "accept"] as const) {
    for (const product of products) {
      const world = visitor(haggle, 100);
      world.weekday = 1;
      const port = new Ports().add(9, 7);
      port.learn(products.indexOf(product), {
        side: "selling",
        trading: 1500,
        percent: 75,
        least: 198,
        most: 200,
        struck: allBut(product, [45, 46, 50]),
        redone: 0,
      });
      const dearest = dearestAt(world, port, product);
      const [calm] = weekdayMood[1]!;
      for (const mcic of [45, 46, 50]) {
        const terms = {
          product,
          side: "selling",
          mcic,
          productivity: 200,
          mood: calm,
          stock: 1500,
          experience: 100,
        } as const;
        const shown = haggle === "accept" ? 1 + (mcic + 3) / 1000 : 1;
        expect(unitPrice(terms) * shown).toBeLessThanOrEqual(dearest * 1.0001);
      }
    }
  }
});

test("experience is worth something to who has little of it and turns to use it", () => {
  const world = visitor("master", 0);
  const whole = pointWorth(world);
  expect(whole).toBeGreaterThan(0);
  world.turnsExecuted = 900;
  expect(pointWorth(world)).toBeLessThan(whole);
  world.experience = 1000;
  expect(pointWorth(world)).toBe(0);
});
