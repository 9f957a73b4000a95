import { expect, test } from "bun:test";
import { cameraIn, cameraOut, sectorIn, turned, viewIn } from "../../../src/dashboard/map/view.ts";

test("a link brings back what was shown", () => {
  const view = viewIn(new URLSearchParams("sector=12&from=1&to=500&off=routes,ports&place=h:23/A"));
  expect(view).toEqual({
    place: "h:23/A",
    sector: 12,
    from: 1,
    to: 500,
    off: new Set(["ports", "routes"] as const),
  });
});

test("what is no sector is none", () => {
  expect(["1", " 20000 ", "30001", "0", "-1", "1.5", "1e3", "x", "", null].map(sectorIn)).toEqual([
    1,
    20_000,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("a layer is turned off and on again", () => {
  expect(turned(new Set(["routes"]), "bots")).toBe("bots,routes");
  expect(turned(new Set(["routes", "bots"]), "bots")).toBe("routes");
});

test("where the eye was comes back, and nonsense leaves it where it is", () => {
  const camera = { x: 0.25, y: 0.5, ratio: 0.125 };
  expect(cameraIn(cameraOut(camera))).toEqual(camera);
  for (const text of [null, "", "1,2", "1,2,0", "1,2,3,4", "x,1,1", "1e9,1,1"])
    expect([text, cameraIn(text)]).toEqual([text, undefined]);
});
