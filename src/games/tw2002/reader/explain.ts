/**
 * What a reader makes of every line, for people: the facts that a bot has from it, or that it is known to mean nothing for play, or
 * that it is the words of others. Bots pay nothing for this: it stands beside the reader they use and asks it first.
 */
import type { Fact } from "../facts.ts";
import { isAnswered, readPrompt } from "../prompts.ts";
import { createLineReader, lineMaxChars } from "./read.ts";
import { type Display, displays } from "./texts/displays.ts";
import { phraseOf } from "./texts/phrases.ts";
import { isProse } from "./texts/prose.ts";

export type Explanation =
  | { readonly kind: "blank" }
  | { readonly kind: "fact"; readonly facts: readonly Fact[] }
  /** Other people's words: a message, a beacon, a name, a line of the log. */
  | { readonly kind: "words"; readonly of: string; readonly facts: readonly Fact[] }
  /** Known, and without meaning for play. */
  | { readonly kind: "text"; readonly of: string }
  | { readonly kind: "unknown" };

const blank: Explanation = { kind: "blank" };
const unknown: Explanation = { kind: "unknown" };
const noFacts: readonly Fact[] = [];
const text = (of: string): Explanation => ({ kind: "text", of });
const words = (of: string, facts = noFacts): Explanation => ({ kind: "words", of, facts });

/** Facts that repeat what somebody said and tell nothing else. */
const hearsay = new Set<Fact["type"]>(["message", "beacon"]);
const pause = /^\[Pause\]/;

/** Explains line after line of one connection, from its first. */
export function createExplainer(): (line: string) => Explanation {
  const reader = createLineReader();
  let display: { readonly of: Display; left: number } | undefined;
  let above = "";

  /** Opens and closes displays; true when this line opens one. */
  function track(line: string, answered: boolean): boolean {
    if (display) {
      const { of } = display;
      const paused = of.pauses === true && pause.test(line);
      if ((answered && !paused) || of.ends?.test(line) || --display.left <= 0) display = undefined;
    }
    const next = displays.find(({ opens }) => opens.test(line));
    if (next) display = { of: next, left: next.linesMax };
    return next !== undefined;
  }

  function meaning(line: string): Explanation {
    const answer = above;
    above = line;
    const facts = reader.read(line);
    if (line.length > lineMaxChars) return unknown;
    if (line.trim() === "") return blank;
    const inside = display?.of;
    const answered = isAnswered(line);
    const opened = track(line, answered);
    if (facts && facts.length > 0) {
      const told = facts.find(({ type }) => !hearsay.has(type));
      return told ? { kind: "fact", facts } : words(facts[0]!.type, facts);
    }
    const others = reader.hearing();
    if (others) return words(others);
    if (answered) return text("a prompt and its answer");
    if (readPrompt("", answer)) return text("an answer");
    const phrase = phraseOf(line);
    if (phrase) return text(phrase);
    if (facts) return text("nothing new");
    const shown = display?.of ?? inside;
    if (shown) return shown.words && !opened ? words(shown.of) : text(shown.of);
    return isProse(line) ? text("prose") : unknown;
  }
  return meaning;
}
