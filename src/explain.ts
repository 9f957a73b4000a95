/** `bbsbot explain`: what the bots' reader makes of every line and prompt of a recording, and the share it understands. */
import { type Console, grouped } from "./control/console/terminal.ts";
import type { Fact } from "./games/tw2002/facts.ts";
import { type Prompt, readPrompt } from "./games/tw2002/prompts.ts";
import { createExplainer, type Explanation } from "./games/tw2002/reader/explain.ts";
import { readRecording } from "./io/recording.ts";
import { createLine } from "./player/line.ts";
import { readCp437 } from "./proto/cp437.ts";
import type { RecordingLine } from "./proto/recording.ts";
import { createTelnet } from "./proto/telnet.ts";
import { jsonLine, printable } from "./proto/printable.ts";

/** A finished line, or a prompt at which keys were sent; `t` in seconds. */
export type Explained =
  | { readonly t: number; readonly line: string; readonly as: Explanation }
  | {
      readonly t: number;
      /** The open line; empty where the question stands on the line above it. */
      readonly open: string;
      readonly prompt: Prompt["type"] | undefined;
      /** Masked where the prompt asks for a secret. */
      readonly keys: string;
    }
  | { readonly t: number; readonly label: string };

/** How much of a recording is explained. Empty lines are not counted. */
export interface Shares {
  lines: number;
  facts: number;
  texts: number;
  words: number;
  unknown: number;
  prompts: number;
  promptsUnknown: number;
}

/** Explains a recording, event by event. */
export function explainRecording(recording: readonly RecordingLine[]): Explained[] {
  const told: Explained[] = [];
  let session = begin();
  for (const event of recording) {
    switch (event.d) {
      case "S":
        session.received(Uint8Array.fromHex(event.hex), event.t, told);
        break;
      case "C":
        session.sent(Uint8Array.fromHex(event.hex), event.t, told);
        break;
      case "L":
        told.push({ t: event.t, label: event.label });
        break;
      case "X":
        session = begin();
    }
  }
  return told;
}

const asksSecret = /pass\s?word/i;

/** One connection, from its first byte. */
function begin() {
  const line = createLine();
  const explain = createExplainer();
  let open = "";
  let above = "";
  /** Keys after others, before any answer, belong to the same moment. */
  let heard = false;
  let keys = "";
  /** The prompt on this line at which keys were sent before: what follows it there is their echo. */
  let answered: { readonly open: string; readonly prompt: Prompt["type"] } | undefined;
  // Negotiation is no key.
  const telnet = createTelnet(
    { end: "server" },
    { data: (bytes) => (keys += readCp437(bytes, 0, bytes.length)), reply: () => undefined },
  );
  return {
    received(bytes: Uint8Array, t: number, told: Explained[]): void {
      heard = true;
      for (const event of line.feed(bytes).events) {
        if (event.type === "line") {
          told.push({ t, line: event.text, as: explain(event.text) });
          above = event.text;
        }
        if (event.type !== "open") answered = undefined;
        open = event.type === "open" ? event.text : "";
      }
    },
    sent(bytes: Uint8Array, t: number, told: Explained[]): void {
      keys = "";
      telnet.feed(bytes);
      if (keys === "" || !heard) return;
      heard = false;
      const echoed = answered && open.startsWith(answered.open) ? answered.prompt : undefined;
      const prompt = readPrompt(open, above)?.type ?? echoed ?? begunAt(open, above);
      if (prompt && !echoed) answered = { open, prompt };
      const secret = asksSecret.test(open);
      told.push({ t, open, prompt, keys: secret ? "*".repeat(keys.length) : keys });
    },
  };
}

/** Keys typed ahead are echoed at a prompt that nobody has seen bare. */
const echoMaxChars = 20;
/** The prompt at which an answer has begun, of digits as all that is typed ahead of a line's end. */
function begunAt(open: string, above: string): Prompt["type"] | undefined {
  const digits = Math.min(echoMaxChars, /\d*$/.exec(open)?.[0].length ?? 0);
  for (let typed = 1; typed <= digits; typed++) {
    const prompt = readPrompt(open.slice(0, -typed), above);
    if (prompt) return prompt.type;
  }
  return undefined;
}

/** The sum of what was explained. */
export function sharesOf(told: readonly Explained[]): Shares {
  const sum = { lines: 0, facts: 0, texts: 0, words: 0, unknown: 0, prompts: 0, promptsUnknown: 0 };
  for (const one of told) {
    if ("open" in one) {
      sum.prompts++;
      if (one.prompt === undefined) sum.promptsUnknown++;
    } else if ("line" in one && one.as.kind !== "blank") {
      sum.lines++;
      sum[counters[one.as.kind]]++;
    }
  }
  return sum;
}
const counters = { fact: "facts", text: "texts", words: "words", unknown: "unknown" } as const;

/** Explains files, one after the other; answers with the exit status. Throws Refusal "bad_input" before anything is printed. */
export function explainDoor(files: readonly string[], json: boolean, console: Console): number {
  const recordings = files.map((file) => ({ file, recording: readRecording(file) }));
  let status = 0;
  const summary: string[] = [];
  for (const { file, recording } of recordings) {
    const told = explainRecording(recording);
    const shares = sharesOf(told);
    if (shares.unknown + shares.promptsUnknown > 0) status = 1;
    if (json) {
      for (const one of told) console.out(`${jsonLine({ file, ...flat(one) })}\n`);
      console.out(`${jsonLine({ file, ...shares })}\n`);
    } else {
      console.out(`${printable(file)}\n`);
      for (const one of told) {
        if (!("as" in one && one.as.kind === "blank")) console.out(`${printable(shown(one))}\n`);
      }
      summary.push(summed(file, shares));
    }
  }
  for (const line of summary) console.out(`${printable(line)}\n`);
  return status;
}

const flat = (one: Explained) => ("as" in one ? { t: one.t, line: one.line, ...one.as } : one);

const kindColumns = 8;
const timeColumns = 10;

function shown(one: Explained): string {
  const at = one.t.toFixed(3).padStart(timeColumns);
  if ("label" in one) return `${at} ${"label".padEnd(kindColumns)} ${one.label}`;
  if ("open" in one) {
    const kind = one.prompt === undefined ? "UNKNOWN" : "prompt";
    return `${at} ${kind.padEnd(kindColumns)} ${one.open}| keys ${JSON.stringify(one.keys)}, ${one.prompt ?? "no prompt"}`;
  }
  const { as } = one;
  const kind = (as.kind === "unknown" ? "UNKNOWN" : as.kind).padEnd(kindColumns);
  switch (as.kind) {
    case "fact":
      return `${at} ${kind} ${one.line.trimEnd()} => ${as.facts.map(told).join(", ")}`;
    case "words":
    case "text":
      return `${at} ${kind} ${one.line.trimEnd()} => ${as.of}`;
    default:
      return `${at} ${kind} ${one.line.trimEnd()}`.trimEnd();
  }
}

/** `turns left=975` */
const told = ({ type, ...rest }: Fact) =>
  [type, ...Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(" ");

function summed(file: string, shares: Shares): string {
  const { lines, unknown, prompts, promptsUnknown } = shares;
  const percent = lines === 0 ? 100 : Math.floor((1000 * (lines - unknown)) / lines) / 10;
  return (
    `${file}: ${percent}% of ${grouped(lines)} lines explained (${grouped(shares.facts)} facts, ` +
    `${grouped(shares.texts)} texts, ${grouped(shares.words)} words of others, ${grouped(unknown)} unknown), ` +
    `${grouped(prompts - promptsUnknown)} of ${grouped(prompts)} prompts`
  );
}
