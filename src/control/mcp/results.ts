/** What a tool answers: the same JSON as structured content and as text, cleaned, marked, and never longer than a model should read. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import { Refusal, type RefusalCode } from "../../proto/refusal.ts";
import { clean, cleanIn, warningOf } from "./untrusted.ts";

/** Largest answer, in bytes of its JSON: under 25,000 tokens even where a token is no more than two bytes. */
export const answerMaxBytes = 48_000;

/** How an answer is made fit to be read. */
export interface Shape {
  /** Fields with text that players or the game wrote, such as `bots[].trader`. */
  readonly wild: readonly string[];
  /** Lists that may be cut, each with the most it may tell; the first is cut first. A minus: its end is kept, not its beginning. */
  readonly lists: Readonly<Record<string, number>>;
  /** How to come by what was cut. */
  readonly more?: string;
}

type Value = Readonly<Record<string, unknown>>;

/** An answer as the client gets it. Hosts show a model either the text or the structured content, so neither may know more. */
export function told(value: Value, shape: Shape): CallToolResult {
  const structuredContent = shaped(value, shape);
  if (!isShort(structuredContent)) return failed("The answer is too long to be read: ask for less of it");
  return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
}

/** The value as it is told: marked, cleaned and short enough. */
export function shaped(value: Value, { wild, lists, more }: Shape): Record<string, unknown> {
  const marked = { ...(wild.length > 0 && { untrusted: warningOf(wild) }), ...value };
  return fitted(cleanIn(marked) as Value, lists, more);
}

/** The value with its lists cut to their length, and further until it is short enough. */
export function fitted(
  value: Value,
  lists: Readonly<Record<string, number>>,
  more?: string,
): Record<string, unknown> {
  const notes = new Map<string, string>();
  const cut = (from: Value, name: string, most: number): Value => {
    const list = (value[name] ?? []) as readonly unknown[];
    const count = Math.min(list.length, Math.abs(most));
    if (count === list.length) return from;
    notes.set(name, `${name}: ${most < 0 ? "last" : "first"} ${count} of ${list.length}`);
    const kept = most < 0 ? list.slice(list.length - count) : list.slice(0, count);
    return { ...from, truncated: [...notes.values(), ...(more ? [more] : [])].join("; "), [name]: kept };
  };
  let now = value;
  for (const [name, most] of Object.entries(lists)) now = cut(now, name, most);
  for (const [name, most] of Object.entries(lists)) {
    if (isShort(now)) break;
    const { length } = now[name] as unknown[];
    const way = Math.sign(most);
    const before = now;
    now = cut(before, name, way * mostThatFit(length, (count) => isShort(cut(before, name, way * count))));
  }
  return now;
}

/** The largest count up to `length` that fits; 0 when none does. */
function mostThatFit(length: number, fits: (count: number) => boolean): number {
  let [least, most] = [0, length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  return least;
}

const encoder = new TextEncoder();
const isShort = (value: unknown): boolean => encoder.encode(JSON.stringify(value)).length <= answerMaxBytes;

/** An error that the model can act on, in place of an answer. */
export const failed = (message: string): CallToolResult => ({
  content: [{ type: "text", text: clean(message) }],
  isError: true,
});

/** What to do about each refusal, beyond what it says itself. */
const nextSteps: Readonly<Record<RefusalCode, string>> = {
  bad_input: "Correct the arguments and call again",
  not_found: "tw2002_list_bots shows the ids of all bots",
  conflict:
    "tw2002_get_bot_status shows where the bot stands; one that has ended begins again with tw2002_restart_bot",
  swarm_full:
    "Ask for fewer bots, or let some go first; tw2002_get_swarm_status tells total_bots and max_bots",
  key_reused: "Use another idempotency_key",
  unauthorized: "Tell the user: the token of this connection is not the manager's",
  forbidden: "Tell the user: the manager does not allow this",
  disk_full: "Tell the user: the manager's disk must be given room first",
  unavailable: "Wait some seconds and try once more; if it stays so, tell the user",
  manager_unreachable: 'Tell the user to start the manager: "bbsbot manager"',
  game_unreachable: "Tell the user: the game's host does not answer",
};

/** What a failure is told with. */
export interface Help {
  /** The keys that can be given at a place of the arguments. */
  readonly known: (path: string) => readonly string[];
  /** What to do where something is not there. */
  readonly missing?: string | undefined;
}

/** A failure in words: what was refused, why, and what to do next. What is no refusal is a bug, of which only `complain` hears more. */
export function failureIn(
  error: unknown,
  { known, missing = nextSteps.not_found }: Help,
  complain: (error: unknown) => void,
): string {
  if (!(error instanceof Refusal)) {
    complain(error);
    return "This failed by a fault of bbsbot itself, not of the arguments. Tell the user: the log of bbsbot says why";
  }
  const places = (error.errors ?? []).slice(0, placesMax);
  const others = places.slice(1).map(({ path, message }) => (path ? `${path}: ${message}` : message));
  const odd = new Set(places.filter(isUnknown).map(({ path }) => path));
  const takes = error.code === "bad_input" ? [...new Set([...odd, ""])] : [];
  const keys = takes.flatMap((path) => {
    const names = known(path).join(", ");
    return names ? [`${path ? `${path} takes` : "Arguments:"} ${names}`] : [];
  });
  const next = error.code === "not_found" ? missing : nextSteps[error.code];
  return [error.message, ...others, next, ...keys].join(". ");
}
/** Whether a place is wrong for a key that nobody knows, which is told of the object that has it. */
const isUnknown = ({ message }: { readonly message: string }): boolean =>
  message.startsWith("Unrecognized key");
/** Places of an input that are told when they do not fit. */
const placesMax = 10;
