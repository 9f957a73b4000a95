/**
 * Which telnet options are in force, by the Q method of RFC 1143: an answer is given only to a change, so two ends
 * that both speak first, or contradict each other, come to rest instead of answering for ever.
 */

export const IAC = 255;
export const DONT = 254;
export const DO = 253;
export const WONT = 252;
export const WILL = 251;

/** "us": what this end does (it says WILL, hears DO); "them": what the other end does (this end says DO, hears WILL). */
export type Side = "us" | "them";

/** Answers given on one connection; an honest end needs some twenty. After them negotiation is read and ignored. */
export const answersMax = 1_000;

export interface Negotiation {
  /** A verb came in from the other end. */
  heard(verb: number, option: number): void;
  /** This end wants a change: sends at most one command. */
  ask(side: Side, option: number, on: boolean): void;
  /** A verb was sent without `ask`. */
  wrote(verb: number, option: number): void;
  isOn(side: Side, option: number): boolean;
  /** Replies with something else than a verb, within the same limit. */
  answer(bytes: () => Uint8Array): void;
}

interface Settings {
  agrees(side: Side, option: number): boolean;
  reply(bytes: Uint8Array): void;
  /** The option came into force or went out of it; what is sent from here goes after the answer. */
  turned(side: Side, option: number, on: boolean): void;
}

/** The six states of RFC 1143: no, yes, and waiting for either, with or without a change of mind meanwhile. */
type Q = "no" | "yes" | "wantNo" | "wantNoThenYes" | "wantYes" | "wantYesThenNo";
type Step = readonly [next: Q, say?: boolean];

// RFC 1143, section 7. "no" that hears yes is the one case that depends on what this end agrees to.
const onYes: Record<Exclude<Q, "no">, Step> = {
  yes: ["yes"],
  wantNo: ["no"], // they answered DONT with WILL: an error of theirs, and the option is off
  wantNoThenYes: ["yes"],
  wantYes: ["yes"],
  wantYesThenNo: ["wantNo", false],
};
const onNo: Record<Q, Step> = {
  no: ["no"],
  yes: ["no", false],
  wantNo: ["no"],
  wantNoThenYes: ["wantYes", true],
  wantYes: ["no"],
  wantYesThenNo: ["no"],
};
const wantOn: Record<Q, Step> = {
  no: ["wantYes", true],
  yes: ["yes"],
  wantNo: ["wantNoThenYes"],
  wantNoThenYes: ["wantNoThenYes"],
  wantYes: ["wantYes"],
  wantYesThenNo: ["wantYes"],
};
const wantOff: Record<Q, Step> = {
  no: ["no"],
  yes: ["wantNo", false],
  wantNo: ["wantNo"],
  wantNoThenYes: ["wantNo"],
  wantYes: ["wantYesThenNo"],
  wantYesThenNo: ["wantYesThenNo"],
};

export function createNegotiation({ agrees, reply, turned }: Settings): Negotiation {
  const states: Record<Side, Map<number, Q>> = { us: new Map(), them: new Map() };
  let answersLeft = answersMax;

  const stateOf = (side: Side, option: number): Q => states[side].get(option) ?? "no";

  function go(side: Side, option: number, [next, say]: Step): void {
    const wasOn = stateOf(side, option) === "yes";
    const isOn = next === "yes";
    states[side].set(option, next);
    if (say !== undefined) reply(Uint8Array.of(IAC, verbOf(side, say), option));
    if (wasOn !== isOn) turned(side, option, isOn);
  }

  function heard(verb: number, option: number): void {
    const side = verb === DO || verb === DONT ? "us" : "them";
    const state = stateOf(side, option);
    const step = stepOn(verb === DO || verb === WILL, state, () => agrees(side, option));
    if (step[1] !== undefined) {
      if (answersLeft === 0) return;
      answersLeft--;
    }
    go(side, option, step);
  }

  return {
    heard,
    ask: (side, option, on) => go(side, option, (on ? wantOn : wantOff)[stateOf(side, option)]),
    wrote(verb, option) {
      const side = verb === WILL || verb === WONT ? "us" : "them";
      const [next] = (verb === WILL || verb === DO ? wantOn : wantOff)[stateOf(side, option)];
      go(side, option, [next]);
    },
    isOn: (side, option) => stateOf(side, option) === "yes",
    answer(bytes) {
      if (answersLeft === 0) return;
      answersLeft--;
      reply(bytes());
    },
  };
}

function stepOn(yes: boolean, state: Q, agrees: () => boolean): Step {
  if (!yes) return onNo[state];
  if (state !== "no") return onYes[state];
  return agrees() ? ["yes", true] : ["no", false];
}

const verbOf = (side: Side, on: boolean): number => (side === "us" ? (on ? WILL : WONT) : on ? DO : DONT);
