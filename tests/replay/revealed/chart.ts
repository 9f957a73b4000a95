/** The map: sectors, the warps between them, and which of them the player had explored when he came. */
import { type SeenSector, warpsIn } from "./sector.ts";
import type { Reader } from "./view.ts";

export interface Chart {
  readonly warps: ReadonlyMap<number, ReadonlySet<number>>;
  /** How many warps lead out of a sector, where that is told. */
  readonly degrees: ReadonlyMap<number, number>;
  readonly sectors: ReadonlyMap<number, SeenSector>;
  /** Whether each sector was explored when it was first spoken of. */
  readonly mentioned: ReadonlyMap<number, boolean>;
  /** Sectors that the computer's lists of explored ones name. */
  readonly listed: ReadonlySet<number>;
  readonly stardock: number;
  readonly highest: number;
}

export function createChartReader(): Reader<Chart> {
  const warps = new Map<number, Set<number>>();
  const degrees = new Map<number, number>();
  const sectors = new Map<number, SeenSector>();
  const mentioned = new Map<number, boolean>();
  const listed = new Set<number>();
  /** Blocks of a list of navigation points, which shows less than a display does: the first display replaces them. */
  const brief = new Set<SeenSector>();
  let stardock = 0;
  let highest = 0;
  let probeAt = 0;

  const lane = (from: number, to: number) => {
    const lanes = warps.get(from) ?? new Set();
    warps.set(from, lanes.add(to));
    highest = Math.max(highest, from, to);
  };
  const allWarps = (from: number, to: readonly number[]) => {
    for (const sector of to) lane(from, sector);
    degrees.set(from, to.length);
  };
  const mention = (sector: number, explored: boolean) => {
    if (!mentioned.has(sector)) mentioned.set(sector, explored);
  };
  const display = (block: SeenSector, text: string) => {
    highest = Math.max(highest, block.number);
    const point = /^\(([TS1-6])\) Sector/.exec(text)?.[1];
    if (text.startsWith("Sector  : ")) mention(block.number, !text.endsWith("(unexplored)."));
    const before = sectors.get(block.number);
    if (!before || (brief.has(before) && before !== block)) {
      if (before) brief.delete(before);
      sectors.set(block.number, block);
    }
    if (point !== undefined) brief.add(block);
    if (point === "S" || block.port?.portClass === 9) stardock = block.number;
  };

  return {
    read({ text, keys, current, block, inCim }) {
      highest = Math.max(highest, current);
      if (block) display(block, text);
      const list = /^Warps to Sector\(s\) : +(.+)$/.exec(text);
      const at = block?.warps ? block.number : current;
      if (list && at) {
        const seen = block?.warps ?? warpsIn(list[1] ?? "");
        for (const { sector, explored } of seen) mention(sector, explored);
        const to = seen.map(({ sector }) => sector);
        allWarps(at, to);
      }
      const examined = /^Sector (\d+) has warps to sector\(s\) : +(.+)$/.exec(text);
      if (examined) {
        const to = warpsIn(examined[2] ?? "").map(({ sector }) => sector);
        allWarps(Number(examined[1]), to);
      }
      if (/^\d+( > \(?\d+\)?)+$/.test(text)) {
        const course = warpsIn(text);
        for (const [index, { sector, explored }] of course.slice(1).entries()) {
          lane(course[index]?.sector ?? 0, sector);
          mention(sector, explored);
        }
      }
      const density = /^Sector ([( ]) *(\d+)[) ] ==> +[\d,]+ +Warps : (\d+) /.exec(text);
      if (density) {
        const sector = Number(density[2]);
        mention(sector, density[1] !== "(");
        if (!degrees.has(sector)) degrees.set(sector, Number(density[3]));
      }
      if (text.startsWith("SubSpace Ether Probe loaded")) probeAt = current;
      const probed = /^Probe entering sector : (\d+)$/.exec(text);
      if (probed) {
        lane(probeAt, Number(probed[1]));
        probeAt = Number(probed[1]);
      }
      if (inCim && /^ *\d+(?: +\d+)+$/.test(text) && /^I/i.test(keys)) {
        const [from = 0, ...to] = text.trim().split(/ +/).map(Number);
        allWarps(from, to);
        listed.add(from);
        mention(from, true);
      }
      const dock = /The StarDock is located in sector (\d+)\./.exec(text);
      if (dock) stardock = Number(dock[1]);
    },
    known: () => ({ warps, degrees, sectors, mentioned, listed, stardock, highest }),
  };
}
