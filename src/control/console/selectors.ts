/** Bots as they are named on a command line and in a pipe. */
import { Refusal } from "../../proto/refusal.ts";
import { Selection } from "../../proto/selection.ts";
import type { SelectorFlags } from "./verb.ts";

/** A selection from words and flags. Throws Refusal "bad_input" for words that can name no bot. */
export function selectionOf(bots: readonly string[] | undefined, flags: SelectorFlags): Selection {
  const parsed = Selection.safeParse({
    ...(bots && { bots }),
    ...(flags.state && { states: flags.state }),
    ...(flags.label && { labels: flags.label }),
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const given = path[0] === "bots" ? bots?.[Number(path[1])] : flags.label?.[Number(path[1])];
  throw new Refusal("bad_input", given === undefined ? message : `"${given}" names no bot: ${message}`);
}

/** Ids from standard input: one a line, or as JSON with `bot_id`, as `ls --json` prints it. Throws Refusal "bad_input". */
export function idsFrom(lines: readonly string[]): string[] {
  const isJson = /^\s*[[{]/.test(lines[0] ?? "");
  if (!isJson) return lines.map((line) => line.trim()).filter((line) => line !== "");
  const whole = parsedJson(lines.join("\n"));
  if (whole !== undefined) return idsIn(whole);
  return lines.flatMap((line) => {
    const value = parsedJson(line);
    if (value === undefined) throw new Refusal("bad_input", "Standard input is neither ids nor JSON");
    return idsIn(value);
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Ids of a bot, of a list of bots or ids, or of an answer with `bots` or `results` in it. */
function idsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  const { bot_id, bots, bot_ids, results } = (value ?? {}) as Record<string, unknown>;
  const found = bot_id ?? bots ?? bot_ids ?? results;
  if (found === undefined) throw new Refusal("bad_input", 'Standard input has JSON without "bot_id"');
  return idsIn(found);
}
