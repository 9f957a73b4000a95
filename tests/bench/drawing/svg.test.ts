/** Pictures as text: what stands where, and that no name can be anything but a name. */
import { expect, test } from "bun:test";
import { bars, panel, svg, ticks, words } from "../../../bench/drawing/svg.ts";

test("scales have round steps and reach beyond the highest figure", () => {
  expect(ticks(4300)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  expect(ticks(0.9, 3)).toEqual([0, 0.5, 1]);
  expect(ticks(1000)).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(ticks(0)).toEqual([0, 1]);
});

test("a graph has a line for each curve, and a gap where nothing is known", () => {
  const drawn = panel(
    {
      title: "Memory",
      at: [0, 10, 20],
      curves: [
        { name: "host", colour: "#111111", values: [0, 50, 100] },
        { name: "worker", colour: "#222222", values: [null, 100, null] },
      ],
    },
    { width: 360, height: 160 },
    0,
  );
  // 100 pixels wide between the margins, and 100 high.
  expect(drawn).toContain('points="70,134 120,84 170,34"');
  expect(drawn).toContain('points="120,34"');
  for (const name of ["Memory", "host", "worker", "20 min"]) expect(drawn).toContain(`>${name}<`);
});

test("bars are to one scale, their parts beside each other", () => {
  const { drawn, height } = bars(
    [
      {
        title: "one",
        parts: [
          { name: "a", value: 3, colour: "#111111" },
          { name: "b", value: 1, colour: "#222222" },
        ],
      },
      { title: "two", parts: [{ name: "c", value: 2, colour: "#333333" }] },
    ],
    { width: 440, height: 300 },
    0,
    (value) => `${value} ms`,
  );
  expect(height).toBe(184);
  const widths = [...drawn.matchAll(/x="([\d.]+)" y="\d+" width="([\d.]+)" height="26"/g)].map(
    ([, x, width]) => [x, width],
  );
  expect(widths).toEqual([
    ["20", "300"],
    ["320", "100"],
    ["20", "200"],
  ]);
  expect(drawn).toContain(">one: 4 ms<");
  expect(drawn).toContain(">a 3 ms<");
});

test("a name stays a name", () => {
  const picture = svg({ width: 10, height: 10 }, [words(0, 0, `<script>"&"</script>`)]);
  expect(picture).not.toContain("<script");
  expect(picture).toContain("&lt;script&gt;&quot;&amp;&quot;");
});
