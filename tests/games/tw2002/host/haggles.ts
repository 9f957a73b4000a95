/** The haggles of a recorded session, read off its screen, and the search for hidden numbers that explain them. */
import { answerCounter, type Deal, dealOf } from "../../../../src/games/tw2002/host/haggle.ts";
import {
  mcicRange,
  type Product,
  type Side,
  varianceRange,
  weekdayMood,
} from "../../../../src/games/tw2002/rules/ports.ts";
import { loadedDice } from "./loaded-dice.ts";
import { plainLines } from "./reveal.ts";

/** One haggle: what the port showed, what the trader countered, and how it ended. */
export interface Haggle {
  readonly product: Product;
  readonly side: Side;
  readonly units: number;
  /** Trading amount and percentage of the report; the percentage undefined where the recording was cut. */
  readonly stock: number;
  readonly percent: number | undefined;
  /** Undefined when no screen before the deal has told. */
  readonly experience: number | undefined;
  /** 0 Sunday to 6 Saturday. */
  readonly day: number;
  readonly offers: readonly { shown: number; counter: number; final: boolean }[];
  readonly end: "accepted" | "thrown out" | "not interested";
  readonly reward: string;
}

/** Haggles at one port about one product; its MCIC and productivity are the same in all of them. */
export interface Series {
  readonly port: string;
  readonly product: Product;
  readonly haggles: Haggle[];
}

const number = (digits: string | undefined) => Number((digits ?? "").replaceAll(",", ""));
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const goesOn = /^(You have|We are|How many|Command|<P-Probe|For your|$)/;
const thrownOut = /get lost|Get lost|Get out of here|leave if you value|peddle|do business|drop back by/;

/** What the words after the last counter mean. */
export function endOf(words: string): Haggle["end"] {
  if (/not interested\./.test(words) && !/How have you/.test(words)) return "not interested";
  return thrownOut.test(words) ? "thrown out" : "accepted";
}

interface Talk {
  product: Product;
  side: Side;
  units: number;
  offers: { shown: number; counter: number; final: boolean }[];
}

/** Reads a session's screen from top to bottom. */
export function recordedHaggles(session: string): Series[] {
  const series = new Map<string, Series>();
  let port = "";
  let day = 0;
  let experience: number | undefined;
  let table = new Map<string, { stock: number; percent: number }>();
  let asked: { product: Product; side: Side; stock: number } | undefined;
  let talk: Talk | undefined;
  let final = false;
  let upTo = 0;
  const lines = plainLines(session);
  for (const [index, line] of lines.entries()) {
    const heading = /^Commerce report for (.+?): \d\d:\d\d:\d\d [AP]M (\w{3}) /.exec(line);
    if (heading) {
      port = heading[1] ?? "";
      day = days.indexOf(heading[2] ?? "");
      table = new Map();
      talk = undefined;
    }
    const row = /^(Fuel Ore|Organics|Equipment) +(?:Buying|Selling) +(\d+) +(\d+)%/.exec(line);
    if (row) table.set(row[1] ?? "", { stock: number(row[2]), percent: number(row[3]) });
    const stats = /Exp ([\d,]+)/.exec(line) ?? /Rank and Exp *: ([\d,]+) points/.exec(line);
    if (stats) experience = number(stats[1]);
    const up = /^We are (?:buying|selling) up to (\d+)/.exec(line);
    if (up) upTo = number(up[1]);
    const question = /^How many holds of (.+) do you want to (buy|sell) \[/.exec(line);
    if (question) {
      const side = question[2] === "buy" ? "selling" : "buying";
      asked = { product: question[1] as Product, side, stock: upTo };
    }
    const agreed = /^Agreed, ([\d,]+) units\./.exec(line);
    if (agreed && asked)
      talk = { product: asked.product, side: asked.side, units: number(agreed[1]), offers: [] };
    if (/^We'll (buy|sell) them for/.test(line)) final = false;
    if (line.startsWith("Our final offer is")) final = true;
    const offer = /^Your offer \[([\d,]+)\] \? ?(.*)$/.exec(line);
    if (offer && talk) {
      const shown = number(offer[1]);
      // A mended line shows its backspaces; such a step is left out with the deal.
      const typed = offer[2] ?? "";
      if (!/^\d*$/.test(typed)) talk = undefined;
      else talk.offers.push({ shown, counter: typed === "" ? shown : number(typed), final });
      if (talk) {
        const after = lines.slice(index + 1, index + 8);
        const next = after.find((text) => text !== "") ?? "";
        const again = after.find((text) => /^(Your offer|You have|Command)/.test(text)) ?? "";
        if (!again.startsWith("Your offer")) {
          const known = table.get(talk.product);
          const gained = after
            .slice(0, 4)
            .map((text) => /^For your (\w+) trading you receive (\d+)/.exec(text));
          const reward = gained.find((found) => found !== null);
          if (again !== "" && !goesOn.test(next)) {
            const key = `${port} ${talk.product}`;
            const list = series.get(key) ?? { port, product: talk.product, haggles: [] };
            series.set(key, list);
            list.haggles.push({
              ...talk,
              stock: asked?.stock ?? 0,
              percent: known?.percent,
              experience,
              day,
              end: endOf(next),
              reward: reward?.[1] ?? "",
            });
          }
          talk = undefined;
        }
      }
    }
    const gain = /you receive ([\d,]+) experience/.exec(line);
    if (gain && experience !== undefined) experience += number(gain[1]);
    const loss = /you LOSE ([\d,]+) experience/.exec(line);
    if (loss && experience !== undefined) experience -= number(loss[1]);
  }
  return [...series.values()];
}

/** Plays the trader's counters against our arithmetic; true when every answer is the recorded one. */
export function follows(haggle: Pick<Haggle, "offers" | "end" | "reward">, opening: Deal): boolean {
  let deal = opening;
  for (const [index, { shown, counter }] of haggle.offers.entries()) {
    if (deal.shown !== shown) return false;
    const next = haggle.offers[index + 1];
    const answer = answerCounter(deal, counter, loadedDice({ rolls: [next?.final ? 0 : 0.9] }));
    if (!next) {
      if (answer.type !== haggle.end) return false;
      return answer.type !== "accepted" || answer.reward === haggle.reward;
    }
    if (answer.type === "countered") deal = answer.deal;
    else if (answer.type !== "insulted" || next.shown !== shown) return false;
  }
  return true;
}

/** Productivities that show such a stock at such a percentage. */
export function productivities({ stock, percent }: Pick<Haggle, "stock" | "percent">): number[] {
  const found: number[] = [];
  for (let productivity = 1; productivity <= 400; productivity++) {
    if (
      (percent === undefined || Math.floor((stock * 10) / productivity) === percent) &&
      stock <= 10 * productivity
    ) {
      found.push(productivity);
    }
  }
  return found;
}

/** Whether some mood and jitter in the published ranges explain a haggle at a port with these hidden numbers. */
export function explains(haggle: Haggle, mcic: number, productivity: number): boolean {
  const [calm, keen] = weekdayMood[haggle.day] ?? [0, 0];
  const { product, side, stock, units } = haggle;
  // A little more than the last screen told may have been earned since.
  const experiences =
    haggle.experience === undefined ? [0, 2000] : [0, 1, 2, 3].map((more) => (haggle.experience ?? 0) + more);
  for (const experience of experiences) {
    for (let mood = calm; mood <= keen; mood++) {
      for (let variance = varianceRange[0]; variance <= varianceRange[1]; variance++) {
        const terms = { product, side, mcic, productivity, mood, stock, experience };
        if (follows(haggle, dealOf(terms, units, variance))) return true;
      }
    }
  }
  return false;
}

/** How many of a series' haggles the best hidden numbers in the published ranges explain, and which numbers those are. */
export function explainSeries({ product, haggles }: Series): {
  readonly explained: number;
  readonly mcic: number;
  readonly productivity: number;
} {
  const [least, most] = mcicRange[product];
  const candidates = haggles
    .map(productivities)
    .reduce((both, more) => both.filter((one) => more.includes(one)));
  let best = { explained: 0, mcic: 0, productivity: 0 };
  for (const productivity of candidates) {
    for (let mcic = least; mcic <= most; mcic++) {
      const explained = haggles.filter((haggle) => explains(haggle, mcic, productivity)).length;
      if (explained > best.explained) best = { explained, mcic, productivity };
    }
  }
  return best;
}
