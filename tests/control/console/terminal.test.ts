import { jsonLine, printable } from "../../../src/proto/printable.ts";
import { expect, test } from "bun:test";
import { table } from "../../../src/control/console/table.ts";
import { duration, grouped } from "../../../src/control/console/terminal.ts";

test("nothing that steers a terminal is printable", () => {
  const every = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
  // oxlint-disable-next-line no-control-regex
  expect(printable(every)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(printable("\u001b]52;c;aGk=\u0007x\u202ey\u009b31m\r\n")).toBe("·]52;c;aGk=·x·y·31m··");
  expect(printable("Sh│ps of Ünder")).toBe("Sh│ps of Ünder");
});

test("a line of JSON steers no terminal, and says all the same what it holds", () => {
  const every = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join("");
  const line = jsonLine({ every });
  // oxlint-disable-next-line no-control-regex
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(JSON.parse(line)).toEqual({ every });
});

test("a table lines up, and a hostile name keeps its one line", () => {
  const rows = [
    { name: "a\nb", credits: 5 },
    { name: "Magellan", credits: 12_345 },
  ];
  const text = table(
    [
      { title: "NAME", value: (row) => row.name },
      { title: "CREDITS", value: (row) => grouped(row.credits), right: true },
    ],
    rows,
  );
  expect(text).toBe("NAME      CREDITS\na·b             5\nMagellan   12,345\n");
});

test("durations read as people say them", () => {
  expect([4.9, 190, 7500].map(duration)).toEqual(["4s", "3m10s", "2h05m"]);
});
