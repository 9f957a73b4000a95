import { expect, test } from "bun:test";
import { palette } from "../../../../src/control/console/colours.ts";
import { rendered } from "../../../../src/control/console/cells.ts";
import { figure, fitColumns } from "../../../../src/control/console/top/columns.ts";
import { botStates } from "../../../../src/proto/status.ts";
import { aBot } from "./swarm.ts";

const titles = (width: number, longestId = 7) =>
  fitColumns(width, longestId).map(({ column }) => column.title);

test("columns come by their worth and stand in their order", () => {
  expect(titles(38)).toEqual(["BOT", "STATE", "DOING"]);
  expect(titles(78)).toEqual(["BOT", "STATE", "SECTOR", "CREDITS", "CR/TURN", "TURNS", "DOING"]);
  expect(titles(118)).toContain("TRADER");
  expect(titles(248).slice(-3)).toEqual(["MB", "CPU%", "LABELS"]);
});

test("whatever the width, the columns and the gaps between them fit, and long ids get room before all else", () => {
  for (let width = 38; width <= 300; width++) {
    for (const longest of [7, 20, 64]) {
      const columns = fitColumns(width, longest);
      const taken = columns.reduce((sum, column) => sum + column.width + 2, -2);
      expect(taken).toBeLessThanOrEqual(width);
      expect(columns.length).toBeGreaterThanOrEqual(2);
    }
  }
  expect(fitColumns(248, 40)[0]!.width).toBe(40);
});

test("a figure is grouped where it fits, and shortened where it does not", () => {
  expect(figure(1_234_567, 9)).toBe("1,234,567");
  expect(figure(1_234_567, 8)).toBe("1.2M");
  expect(figure(999_999, 6)).toBe("1000k");
  expect(figure(12_345_678_901, 7)).toBe("12.3G");
  expect(figure(-1_234_567, 7)).toBe("-1.2M");
  expect(figure(Number.MAX_SAFE_INTEGER, 6)).toBe("9.0P");
  expect(figure(1e300, 6)).toBe("######");
});

test("turns are told with their limit where there is room", () => {
  const turns = (width: number) =>
    fitColumns(248, 7)
      .find(({ column }) => column.title === "TURNS")!
      .column.value(aBot("a", { turns_executed: 1234, turns_max: 50_000 }), width);
  expect(turns(13)).toBe("1,234/50,000");
  expect(turns(7)).toBe("1,234");
});

test("states have the colours that they have everywhere", () => {
  const { column } = fitColumns(78, 7)[1]!;
  for (const state of botStates) {
    const span = { text: state, style: column.style!(aBot("a", { state })) };
    expect(rendered({ spans: [span] }, 20, true)).toBe(palette(true).state(state, state));
  }
});
