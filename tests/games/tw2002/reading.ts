/** What the reading side makes of bytes: shared by the tests of reader and prompts. */
import type { Fact } from "../../../src/games/tw2002/facts.ts";
import { type Prompt, readPrompt } from "../../../src/games/tw2002/prompts.ts";
import { createReader } from "../../../src/games/tw2002/reader/read.ts";
import { createLine } from "../../../src/player/line.ts";

export interface Reading {
  feed(bytes: Uint8Array): void;
  /** The open line as last told, and the finished one above it. */
  open(): string;
  above(): string;
  prompt(): Prompt | undefined;
  readonly facts: Fact[];
  /** Prompts in the order in which they were seen, and how the line they stood on ended. */
  readonly asked: { readonly text: string; readonly type: string; finished?: string }[];
}

export function createReading(): Reading {
  const line = createLine();
  const { read } = createReader();
  const facts: Fact[] = [];
  const asked: Reading["asked"] = [];
  let open = "";
  let above = "";
  const look = () => {
    const prompt = readPrompt(open, above);
    if (prompt) asked.push({ text: open, type: prompt.type });
  };
  return {
    feed(bytes) {
      for (const event of line.feed(bytes).events) {
        switch (event.type) {
          case "open":
            open = event.text;
            look();
            break;
          case "line": {
            const last = asked.at(-1);
            if (last && last.finished === undefined) last.finished = event.text;
            facts.push(...read(event.text));
            above = event.text;
            open = "";
            look();
            break;
          }
          case "erased":
            open = "";
        }
      }
    },
    open: () => open,
    above: () => above,
    prompt: () => readPrompt(open, above),
    facts,
    asked,
  };
}

/** Facts of lines of text, as if a session had printed them. */
export function factsOf(text: string): Fact[] {
  const { read } = createReader();
  return text.split("\n").flatMap((line) => [...read(line)]);
}

/** A string as the bytes of a session, in CP437's ASCII half. */
export const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
