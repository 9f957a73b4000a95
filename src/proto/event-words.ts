/**
 * What happened, for people: how grave it is, one line of words, and those of its fields that are told. A field that is not named
 * here stays inside: configurations, the hashes of tokens, the keys of requests.
 */
import type { KeptEvent } from "./events.ts";
import type { Severity, ToldEvent } from "./feed.ts";
import type { Order } from "./orders.ts";
import { printable, printableIn } from "./printable.ts";

interface Kind<E extends KeptEvent> {
  readonly severity: Severity | ((event: E) => Severity);
  /** Without the bot's id: "registered (pid 7)". */
  readonly words: string | ((event: E) => string);
  readonly told: readonly Exclude<keyof E, "type" | "bot" | "at">[];
}
type Kinds = { readonly [T in KeptEvent["type"]]: Kind<Extract<KeptEvent, { type: T }>> };

const configured = ["config_name", "strategy", "goal", "turns_max", "trader", "labels"] as const;

const kinds: Kinds = {
  spawned: {
    severity: "info",
    words: ({ config_name }) => `is to be started from ${config_name}`,
    told: [...configured, "start_at"],
  },
  reconfigured: {
    severity: "info",
    words: ({ config_name }) => `goes on with ${config_name}`,
    told: configured,
  },
  joined: {
    severity: "info",
    words: ({ config_name, pid }) => `joined, started by hand from ${config_name} (pid ${pid})`,
    told: ["config_name", "strategy", "pid", "trader", "labels"],
  },
  started: { severity: "info", words: ({ pid }) => `started (pid ${pid})`, told: ["pid"] },
  startFailed: {
    severity: "error",
    words: ({ reason }) => `could not be started: ${reason}`,
    told: ["reason"],
  },
  registered: { severity: "info", words: ({ pid }) => `registered (pid ${pid})`, told: ["pid"] },
  playing: { severity: "info", words: "is playing", told: [] },
  ordered: { severity: "info", words: ({ order }) => `was ordered: ${wording(order)}`, told: ["order"] },
  confirmed: { severity: "info", words: ({ order }) => `confirmed: ${wording(order)}`, told: ["order"] },
  killed: { severity: "info", words: ({ reason }) => `is to end: ${reason}`, told: ["reason"] },
  restartAsked: {
    severity: "info",
    words: ({ reason }) => `is to be started anew: ${reason}`,
    told: ["reason", "fresh"],
  },
  completed: { severity: "info", words: ({ reason }) => `completed: ${reason}`, told: ["reason"] },
  stopped: { severity: "info", words: ({ reason }) => `stopped: ${reason}`, told: ["reason"] },
  failed: { severity: "error", words: ({ reason }) => `failed: ${reason}`, told: ["reason"] },
  exited: {
    // Only of one that ended without a word, unwanted, the log is kept.
    severity: ({ code, log }) => (log !== undefined ? "error" : code === 0 ? "info" : "warning"),
    words: ({ words, signal, code }) =>
      `process ended (${words ?? signal ?? `exit code ${code ?? "unknown"}`})`,
    told: ["code", "signal", "words"],
  },
  lost: { severity: "error", words: "lost its connection and did not come back", told: [] },
  left: { severity: "info", words: "left", told: [] },
  timedOut: {
    severity: "warning",
    words: ({ silence_seconds }) => `is stuck: not a word for ${silence_seconds} s`,
    told: ["silence_seconds"],
  },
  stalled: {
    severity: "warning",
    words: ({ idle_seconds }) => `is stuck: nothing has changed in its game for ${idle_seconds} s`,
    told: ["idle_seconds"],
  },
  recovered: { severity: "info", words: "is stuck no more", told: [] },
  cutOff: { severity: "error", words: ({ reason }) => `was cut off: ${reason}`, told: ["reason"] },
  backedOff: {
    severity: "warning",
    words: ({ reason, until, at }) => `crashed (${reason}); started again in ${Math.max(0, until - at)} ms`,
    told: ["until", "crashes", "reason"],
  },
  gaveUp: {
    severity: "error",
    // The end of the worker's own log stands under it.
    words: ({ reason }) => `is given up: ${reason.split("\n", 1)[0]!}`,
    told: [],
  },
  cleared: { severity: "info", words: "was taken off the list", told: [] },
  abandoned: { severity: "warning", words: "was running when the former manager stopped", told: [] },
  noted: { severity: ({ severity }) => severity, words: ({ text }) => text, told: [] },
  traded: {
    severity: "info",
    words: ({ credits, units, product, sector }) =>
      `${credits < 0 ? "bought" : "sold"} ${units} ${product} for ${Math.abs(credits)} credits in sector ${sector}`,
    told: ["sector", "product", "units", "credits", "hidden", "offers"],
  },
};

const wording = (order: Order) => (order.type === "goal" ? `goal "${order.goal}"` : order.type);

/** Every kind of event that is kept. */
export const eventTypes = Object.keys(kinds) as KeptEvent["type"][];

/** How grave it is: whether somebody should look, and soon. */
export function severityOf(event: KeptEvent): Severity {
  const { severity } = kindOf(event);
  return typeof severity === "string" ? severity : severity(event);
}

/** One line for people, about the bot and without its id. */
export function wordsOf(event: KeptEvent): string {
  const { words } = kindOf(event);
  return printable(typeof words === "string" ? words : words(event));
}

/** The event as everybody may see it. */
export function toldEvent(event: KeptEvent): ToldEvent {
  const fields: [string, unknown][] = kindOf(event)
    .told.map((key): [string, unknown] => [key, printableIn(event[key])])
    .filter(([, value]) => value !== undefined);
  return {
    type: event.type,
    bot: event.bot,
    at: event.at,
    severity: severityOf(event),
    text: wordsOf(event),
    ...Object.fromEntries(fields),
  };
}

/** The row of the table pairs each kind with its own event: the one place where the compiler cannot follow. */
const kindOf = (event: KeptEvent) => kinds[event.type] as unknown as Kind<KeptEvent>;
