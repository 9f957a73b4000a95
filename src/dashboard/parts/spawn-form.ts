/** What stands in the spawn form, as a request; where a refusal belongs in it; and how far the bots that came of it are. */
import { labelsMax, strategyNames } from "../../proto/config.ts";
import { operations, type OperationInput } from "../../proto/operations.ts";
import { configTextName } from "../../proto/operations/spawning.ts";
import type { Refusal } from "../../proto/refusal.ts";
import type { BotState, BotStatus } from "../../proto/status.ts";

/** The fields of the form, all as typed. */
export interface SpawnFields {
  readonly from: "fields" | "text" | "file";
  readonly config_text: string;
  readonly config_path: string;
  readonly host: string;
  readonly port: string;
  readonly game: string;
  readonly strategy: string;
  readonly goal: string;
  readonly turns: string;
  readonly count: string;
  readonly labels: string;
  readonly group_size: string;
  readonly group_delay: string;
}
export type SpawnField = keyof SpawnFields;
export type Complaints = Readonly<Partial<Record<SpawnField | "form", string>>>;

export const firstFields: SpawnFields = {
  from: "fields",
  config_text: "",
  config_path: "",
  host: "localhost",
  port: "2002",
  game: "A",
  strategy: strategyNames[0],
  goal: "profit",
  turns: "0",
  count: "1",
  labels: "",
  group_size: "",
  group_delay: "",
};

export type Asked =
  | { readonly ok: true; readonly request: OperationInput<"spawnSwarm"> }
  | { readonly ok: false; readonly complaints: Complaints };

/** The request that the fields make, or what is wrong with them. */
export function requestOf(fields: SpawnFields): Asked {
  const labels = labelsIn(fields.labels);
  const input = {
    ...sourceIn(fields),
    ...(labels && { labels }),
    count: figure(fields.count),
    ...(fields.group_size.trim() !== "" && { group_size: figure(fields.group_size) }),
    ...(fields.group_delay.trim() !== "" && { group_delay: figure(fields.group_delay) }),
  };
  const parsed = operations.spawnSwarm.input.safeParse(input);
  if (parsed.success) return { ok: true, request: parsed.data };
  return {
    ok: false,
    complaints: complaintsOf(
      parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    ),
  };
}

function sourceIn(fields: SpawnFields): object {
  switch (fields.from) {
    case "fields":
      return { configs: [configIn(fields)] };
    case "text":
      return { config_text: fields.config_text };
    case "file":
      return { config_paths: [fields.config_path.trim()] };
  }
}

const configIn = ({ host, port, game, strategy, goal, turns }: SpawnFields) => ({
  connection: { host: host.trim(), port: figure(port), game_letter: game.trim() },
  trading: { strategy, goal: goal.trim() },
  session: { max_turns_per_session: figure(turns) },
});

/** A number as typed; what is none is left as it is, for the schema to say so. */
const figure = (text: string): unknown => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text);

/** "team=red squad=2" as labels. */
function labelsIn(text: string): Record<string, string> | undefined {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0) return undefined;
  return Object.fromEntries(
    words.slice(0, labelsMax + 1).map((word) => {
      const at = word.indexOf("=");
      return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

const places: readonly (readonly [RegExp, SpawnField])[] = [
  [/^config_text/, "config_text"],
  [/^config_path/, "config_path"],
  [/connection\.host$/, "host"],
  [/connection\.port$/, "port"],
  [/game_letter$/, "game"],
  [/trading\.strategy$/, "strategy"],
  [/trading\.goal$/, "goal"],
  [/^configs\.\d+\.session/, "turns"],
  [/^count$/, "count"],
  [/^labels/, "labels"],
  [/^group_size$/, "group_size"],
  [/^group_delay$/, "group_delay"],
];

/** Puts each complaint at the field that it is about; what is about none of them stands at the form. */
export function complaintsOf(
  errors: readonly { readonly path: string; readonly message: string }[],
): Complaints {
  const complaints: Partial<Record<SpawnField | "form", string>> = {};
  for (const { path, message } of errors) {
    const field = places.find(([place]) => place.test(path))?.[1];
    const words = field === undefined && path !== "" ? `${path}: ${message}` : message;
    complaints[field ?? "form"] ??= words;
  }
  return complaints;
}

const textPlace = new RegExp(`^${configTextName}:(\\d+):(\\d+): `, "gm");

/** What a refusal complains of. What is wrong with the text has a line each, with its place. */
export function complaintsIn({ message, errors = [] }: Pick<Refusal, "message" | "errors">): Complaints {
  const placed = message.replaceAll(textPlace, "Line $1, column $2: ");
  return placed === message ? complaintsOf(errors) : { config_text: placed };
}

export interface Progress {
  readonly asked: number;
  readonly started: number;
  readonly registered: number;
  readonly playing: number;
  readonly failed: number;
}

const notStarted: ReadonlySet<BotState> = new Set(["QUEUED"]);
const failed: ReadonlySet<BotState> = new Set(["ERROR", "FAILED"]);
const played: ReadonlySet<BotState> = new Set(["RUNNING", "PAUSED", "STUCK", "COMPLETED"]);

/** How far bots have come. Each counts for all that it has been through. */
export function progressOf(
  ids: readonly string[],
  botOf: (id: string) => Pick<BotStatus, "state" | "registered_at"> | undefined,
): Progress {
  const bots = ids.map(botOf).filter((bot) => bot !== undefined);
  const count = (fits: (bot: (typeof bots)[number]) => boolean) => bots.filter(fits).length;
  return {
    asked: ids.length,
    started: count(({ state }) => !notStarted.has(state)),
    registered: count(({ state, registered_at }) => registered_at !== undefined || played.has(state)),
    playing: count(({ state }) => played.has(state)),
    failed: count(({ state }) => failed.has(state)),
  };
}
