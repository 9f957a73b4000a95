/** Who is who: the ladders of titles, and the lists of traders and aliens by rank. */
import { evilTitles, goodTitles, titleOf } from "../../../rules/ranks.ts";
import { commas, shortDate, gameTime } from "../figures.ts";
import type { Paper } from "../paper.ts";

/** E: the titles of those below zero and what they take; two columns, each numbered through. */
export const evilLadder = (paper: Paper) => {
  paper.put`\n~R${" ".repeat(28)}The Bad Guys${" ".repeat(34)}
~YRank        Title           Experience   Rank        Title          Experience
~g---- ---------------------- ----------   ---- --------------------- ----------\n`;
  for (const [left, right] of pairs(evilTitles)) {
    paper.put`~m<~Y${left.number}~m>~R ${left.title.padEnd(22)}~C${left.points}    ~m<~Y${right.number}~m>~R ${right.title.padEnd(21)}~C${right.points}\n`;
  }
};

/** G: the same for the others; the right column is one narrower. */
export const goodLadder = (paper: Paper) => {
  paper.put`\n~g${" ".repeat(28)}The Good Guys${" ".repeat(34)}
~YRank        Title           Experience   Rank        Title         Experience
~g---- ---------------------- ----------   ---- -------------------- ----------\n`;
  for (const [left, right] of pairs(goodTitles)) {
    paper.put`~m<~Y${left.number}~m>~g ${left.title.padEnd(22)}~C${left.points}    ~m<~Y${right.number}~m>~g ${right.title.padEnd(20)}~C${right.points}\n`;
  }
};

/** The first half of the ladder beside the second. */
function pairs(titles: readonly string[]) {
  const rungs = titles.map((title, index) => ({
    number: String(index + 1).padStart(2),
    title,
    points: commas(2 ** (index + 1)).padStart(10),
  }));
  const half = Math.ceil(rungs.length / 2);
  return rungs.slice(0, half).flatMap((left, index) => {
    const right = rungs[half + index];
    return right ? [[left, right] as const] : [];
  });
}

export const rankQuestion = (paper: Paper) =>
  paper.put`\n~mList by rank (~YT~m)itles or by rank (~YV~m)alues (T,V or Q to quit) ? `;

/** Somebody on a list. */
export interface Ranked {
  readonly name: string;
  readonly experience: number;
  readonly alignment: number;
  /** 0 for none. */
  readonly corp: number;
  /** Writes the type of his ship. */
  readonly ship: (paper: Paper) => void;
}

/** The heading of a list of traders; aliens have one of their own. */
export const rankHeading =
  (whom: "Trader" | "Alien", byTitle: boolean, at: number, yearsAhead: number) => (paper: Paper) => {
    paper.put`~mRanking ${whom}s...\n`;
    const when = `${shortDate(at, yearsAhead)} ${gameTime(at, yearsAhead)}`;
    if (whom === "Trader") {
      paper.raw("\x1b[2J\x1b[H\x1b[2J\x1b[H");
      paper.put`~CTrade Wars 2002 Trader Rankings : ~Y${when}\n\n`;
    } else {
      paper.raw("\x1b[2J\x1b[H");
      paper.put`~CAlien Rankings:~Y ${when}\n\n`;
    }
    const columns = byTitle ? "      Rank Title      Corp" : "      Rank  Alignment Corp";
    paper.put`~m # ${columns}        ${`${whom} Name`.padEnd(27)}Ship Type \n`;
    paper.put`~C--- --------------------- -- ------------------------------ ------------------ \n`;
  };

/** One line of a list; a corporation's number stands where ** stood for whoever has none. */
export const rankLine = (place: number, who: Ranked, byTitle: boolean) => (paper: Paper) => {
  paper.put`~=${String(place).padStart(3)} ~g`;
  if (byTitle) paper.put`${titleOf(who.experience, who.alignment).padEnd(21)}`;
  else paper.put`${commas(who.experience).padStart(9)}${commas(who.alignment).padStart(11)} `;
  const corp = who.corp === 0 ? " **" : String(who.corp).padStart(3);
  paper.put`~B${corp} ~C${who.name.padEnd(30)}~0 ${who.ship}\n`;
};
