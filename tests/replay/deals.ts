/** The haggles of a recording in their order, and the ports' hidden numbers that explain every offer and answer. */
import { answerCounter, dealOf } from "../../src/games/tw2002/host/haggle.ts";
import type { Dice } from "../../src/games/tw2002/host/dice.ts";
import {
  mcicRange,
  type Product,
  type Side,
  varianceRange,
  weekdayMood,
} from "../../src/games/tw2002/rules/ports.ts";
import type { Line } from "./screen.ts";

interface Offer {
  readonly shown: number;
  /** What was typed; undefined where the recording breaks off. */
  readonly counter: number | undefined;
  readonly final: boolean;
}

export interface RecordedDeal {
  /** Step in which the first price was named. */
  readonly step: number;
  readonly port: string;
  readonly product: Product;
  readonly side: Side;
  readonly units: number;
  readonly stock: number;
  /** Before the deal; undefined when no screen tells. */
  readonly experience: number | undefined;
  /** 0 Sunday to 6 Saturday. */
  readonly day: number;
  readonly offers: readonly Offer[];
  readonly end: "accepted" | "thrown out" | "not interested" | "unknown";
  readonly reward: string;
  /** What the psychic probe said of the price that was taken, per cent; undefined without a probe. */
  readonly probe: number | undefined;
}

/** What a port keeps to itself about a product, and about each deal in turn. */
export interface Hidden {
  readonly mcic: number;
  readonly productivity: number;
  readonly draws: ReadonlyMap<RecordedDeal, { readonly mood: number; readonly variance: number }>;
  readonly unexplained: readonly RecordedDeal[];
}

const number = (digits: string | undefined) => Number((digits ?? "").replaceAll(",", ""));
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const thrownOut = /get lost|Get lost|Get out of here|leave if you value|peddle|do business|drop back by/;

/** Reads the screens from top to bottom. */
export function dealsIn(lines: readonly Line[]): RecordedDeal[] {
  const deals: RecordedDeal[] = [];
  const experience = experienceAlong(lines);
  let port = "";
  let day = 0;
  let stock = 0;
  let asked: { product: Product; side: Side } | undefined;
  let open:
    | { deal: Omit<RecordedDeal, "offers" | "end" | "reward" | "probe">; offers: Offer[]; final: boolean }
    | undefined;
  let units = 0;
  const close = (end: RecordedDeal["end"], reward: string, probe?: number) => {
    if (open) deals.push({ ...open.deal, offers: open.offers, end, reward, probe });
    open = undefined;
  };
  for (const [index, { text, step }] of lines.entries()) {
    const heading = /^Commerce report for (.+?): \d\d:\d\d:\d\d [AP]M (\w{3}) /.exec(text);
    if (heading) {
      close("unknown", "");
      port = heading[1] ?? "";
      day = days.indexOf(heading[2] ?? "");
    }
    const upTo = /^We are (?:buying|selling) up to (\d+)/.exec(text);
    if (upTo) stock = number(upTo[1]);
    const question = /^How many holds of (.+) do you want to (buy|sell) \[/.exec(text);
    if (question) {
      close("unknown", "");
      asked = { product: question[1] as Product, side: question[2] === "buy" ? "selling" : "buying" };
    }
    const agreed = /^Agreed, ([\d,]+) units\./.exec(text);
    if (agreed) units = number(agreed[1]);
    const price = /^(We'll (?:buy|sell) them for|Our final offer is) [\d,]+ credits\.$/.exec(text);
    if (price) {
      if (!open && asked)
        open = {
          deal: { step, port, ...asked, units, stock, experience: experience[index], day },
          offers: [],
          final: false,
        };
      if (open) open.final = price[1] === "Our final offer is";
    }
    const offer = /^Your offer \[([\d,]+)\] \? ?(.*)$/.exec(text);
    if (!offer || !open) continue;
    const shown = number(offer[1]);
    const typed = mended(offer[2] ?? "");
    const last = index === lines.length - 1;
    open.offers.push({
      shown,
      counter: last ? undefined : typed === "" ? shown : number(typed),
      final: open.final,
    });
    const after = lines.slice(index + 1, index + 9).map((line) => line.text);
    const answer = after.find((line) => line !== "") ?? "";
    const again = after.find((line) => /^(Your offer|You have [\d,]+ credits and|Command)/.test(line)) ?? "";
    if (again.startsWith("Your offer")) continue;
    const reward = after.slice(0, 5).map((line) => /^For your (\w+) trading you receive/.exec(line)?.[1]);
    if (again === "") close("unknown", "");
    else if (/^We're not interested\.$/.test(answer)) close("not interested", "");
    else if (thrownOut.test(answer)) close("thrown out", "");
    else {
      const probe = after.slice(0, 4).map((line) => /your offer was +([\d.]+)% of best/.exec(line)?.[1]);
      const percent = probe.find((figure) => figure !== undefined);
      close(
        "accepted",
        reward.find((word) => word !== undefined) ?? "",
        percent === undefined ? undefined : Number(percent),
      );
    }
  }
  close("unknown", "");
  return deals;
}

/** An echoed line as it was sent: backspaces taken out. */
function mended(echo: string): string {
  let text = "";
  for (const char of echo) text = char === "\b" ? text.slice(0, -1) : text + char;
  return text.trim();
}

/** The player's experience before each line: from the last screen that told it, else reckoned back from the next one. */
function experienceAlong(lines: readonly Line[]): (number | undefined)[] {
  const gains: number[] = [];
  const told: (number | undefined)[] = [];
  let sum = 0;
  for (const { text } of lines) {
    gains.push(sum);
    const total = /[\xb3]Exp ([\d,]+)/.exec(text) ?? /^Rank and Exp +: ([\d,]+) points/.exec(text);
    told.push(total ? number(total[1]) - sum : undefined);
    const gain = /receive ([\d,]+) experience/.exec(text);
    const loss = /LOSE ([\d,]+) experience/.exec(text);
    sum += gain ? number(gain[1]) : loss ? -number(loss[1]) : 0;
  }
  let base = told.find((value) => value !== undefined);
  return lines.map((_, at) => {
    base = told[at] ?? base;
    return base === undefined ? undefined : base + (gains[at] ?? 0);
  });
}

/** A die that says whether the next offer is the last. */
const says = (final: boolean): Dice => ({
  roll: () => 0.5,
  chance: () => final,
  between: (min) => min,
  pick: (from) => {
    const [first] = from;
    if (first === undefined) throw new Error("Nothing to pick from");
    return first;
  },
  state: () => 0,
});

/** How far a share, in per cent, may be from what the probe said of it: it shows two decimals. */
const probeTolerance = 0.011;

/** Whether a deal goes as recorded with these hidden numbers. */
export function goesAsRecorded(
  deal: RecordedDeal,
  hidden: { mcic: number; productivity: number; mood: number; variance: number; experience: number },
): boolean {
  const { product, side, stock, units } = deal;
  const { mcic, productivity, mood, variance, experience } = hidden;
  let now = dealOf({ product, side, mcic, productivity, mood, stock, experience }, units, variance);
  for (const [index, { shown, counter }] of deal.offers.entries()) {
    if (now.shown !== shown) return false;
    if (counter === undefined) return true;
    const next = deal.offers[index + 1];
    const answer = answerCounter(now, counter, says(next?.final ?? false));
    if (!next) {
      if (deal.end === "unknown") return true;
      if (answer.type !== deal.end) return false;
      const share = 100 * (side === "buying" ? counter / now.hidden : now.hidden / counter);
      if (deal.probe !== undefined && Math.abs(share - deal.probe) > probeTolerance) return false;
      return answer.type !== "accepted" || answer.reward === deal.reward;
    }
    if (answer.type === "countered") now = answer.deal;
    else if (answer.type !== "insulted" || next.shown !== shown) return false;
  }
  return true;
}

/** Mood and jitter that make a deal go as recorded. */
function drawsFor(deal: RecordedDeal, mcic: number, productivity: number) {
  const [calm, keen] = weekdayMood[deal.day] ?? [0, 0];
  const experience = deal.experience ?? 0;
  for (let mood = calm; mood <= keen; mood++) {
    for (let variance = varianceRange[0]; variance <= varianceRange[1]; variance++) {
      if (goesAsRecorded(deal, { mcic, productivity, mood, variance, experience })) return { mood, variance };
    }
  }
  return undefined;
}

/** The hidden numbers under which most of a port's deals in one product go as recorded. */
export function solve(
  product: Product,
  deals: readonly RecordedDeal[],
  productivities: readonly number[],
): Hidden {
  const [least, most] = mcicRange[product];
  let best: Hidden | undefined;
  for (const productivity of productivities) {
    for (let mcic = least; mcic <= most; mcic++) {
      const draws = new Map<RecordedDeal, { mood: number; variance: number }>();
      const unexplained: RecordedDeal[] = [];
      for (const deal of deals) {
        const drawn = drawsFor(deal, mcic, productivity);
        if (drawn) draws.set(deal, drawn);
        else unexplained.push(deal);
        if (best && unexplained.length > best.unexplained.length) break;
      }
      const found = { mcic, productivity, draws, unexplained };
      if (unexplained.length === 0) return found;
      if (!best || unexplained.length < best.unexplained.length) best = found;
    }
  }
  return best ?? { mcic: least, productivity: 100, draws: new Map(), unexplained: deals };
}
