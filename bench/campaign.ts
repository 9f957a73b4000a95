/**
 * `bench campaign SUMMARY.json PICTURE.png`: what `bbsbot demo --json` told of a long run, over time: its pace, its memory by role, and
 * what it earned.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { hasBrowser } from "../tests/e2e/browser.ts";
import { drawPng } from "./drawing/png.ts";
import { type Frame, panel, svg, words } from "./drawing/svg.ts";

const usage = `bench campaign SUMMARY.json PICTURE.png
  SUMMARY.json  what \`bbsbot demo --json\` printed
  PICTURE.png   is written anew`;

const byRole = z.object({ host: z.number(), manager: z.number(), workers: z.number() });
const Summary = z.object({
  count: z.int(),
  turns: z.int(),
  seconds: z.number(),
  games: z.string(),
  sectors: z.int(),
  series: z.array(
    z.object({
      seconds: z.number(),
      playing: z.int(),
      turns: z.number(),
      credits: z.number(),
      turns_per_second: z.number(),
      worker_processes: z.int(),
      memory_mb: byRole.nullable(),
    }),
  ),
});
export type Summary = z.infer<typeof Summary>;

const panelHeight = 250;
const frame: Frame = { width: 1100, height: 60 + 3 * panelHeight };
const colours = { host: "#2f6fb0", manager: "#c05621", worker: "#2f855a", pace: "#44337a", worth: "#975a16" };

/** The picture as SVG. */
export function campaignPicture(told: Summary): string {
  const { series, count, turns, seconds, games, sectors } = told;
  const at = series.map((point) => point.seconds / 60);
  const role = (of: (memory: z.infer<typeof byRole>, processes: number) => number) =>
    series.map(({ memory_mb, worker_processes }) =>
      memory_mb === null || worker_processes === 0 ? null : of(memory_mb, worker_processes),
    );
  const earned = series.map((point, index) => {
    const { credits = 0, turns: before = 0 } = series[index - 1] ?? {};
    return point.turns === before ? null : Math.max(0, (point.credits - credits) / (point.turns - before));
  });
  const curve = (name: string, colour: string, values: readonly (number | null)[]) => ({
    name,
    colour,
    values,
  });
  const head = `${count} bots, ${turns.toLocaleString("en-US")} turns in ${(seconds / 60).toFixed(1)} minutes, ${games.length} games of ${sectors.toLocaleString("en-US")} sectors`;
  const panels = [
    {
      title: "Turns a second, the whole swarm",
      curves: [
        curve(
          "turns",
          colours.pace,
          series.map((point) => point.turns_per_second),
        ),
      ],
    },
    {
      title: "Proportional memory, MB",
      curves: [
        curve(
          "host",
          colours.host,
          role(({ host }) => host),
        ),
        curve(
          "manager",
          colours.manager,
          role(({ manager }) => manager),
        ),
        curve(
          "mean worker process",
          colours.worker,
          role(({ workers }, processes) => workers / processes),
        ),
      ],
    },
    { title: "Credits a turn, as of then", curves: [curve("credits", colours.worth, earned)] },
  ];
  return svg(frame, [
    words(20, 32, head, { size: 17, bold: true }),
    ...panels.map((one, index) =>
      panel({ at, ...one }, { width: frame.width, height: panelHeight }, 50 + index * panelHeight),
    ),
  ]);
}

/** Exit status: 0 when it was drawn, 2 for words that mean nothing, 3 without a browser. */
export async function campaign([from, to, ...rest]: readonly string[]): Promise<number> {
  if (from === undefined || to === undefined || rest.length > 0) {
    console.error(usage);
    return 2;
  }
  if (!hasBrowser) {
    console.error("There is no Chromium on this machine; BBSBOT_CHROMIUM names one");
    return 3;
  }
  const read = summaryIn(from);
  if (typeof read === "string") {
    console.error(read);
    return 2;
  }
  await drawPng(to, frame, campaignPicture(read));
  return 0;
}

/** The summary, or what is wrong with the file. */
function summaryIn(file: string): Summary | string {
  let told: unknown;
  try {
    told = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return `Cannot read "${file}" as JSON: ${(error as Error).message}`;
  }
  const { data, error } = Summary.safeParse(told);
  const [issue] = error?.issues ?? [];
  return data ?? `"${file}" is no summary of a demo: ${issue?.path.join(".")}: ${issue?.message}`;
}
