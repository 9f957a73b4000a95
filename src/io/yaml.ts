/** YAML files against a schema: whatever is wrong is told with file, line and column, what was found and what was wanted. */
import { readFileSync } from "node:fs";
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";
import { z } from "zod";
import { Refusal } from "../proto/refusal.ts";
import { keysWithoutEffect, strategiesPlayedAs } from "../proto/config.ts";

/** Larger files are refused unread: no configuration of ours comes near. */
export const yamlMaxBytes = 256 * 1024;

export interface Loaded<T> {
  readonly value: T;
  /** One line each, with its place: keys that were taken but mean nothing here. */
  readonly warnings: string[];
  /** Where a key's value stands, as "file:line:column", for what only its user can find wrong with it. */
  place(path: readonly string[]): string;
}

/** Reads and checks a file. Throws Refusal "bad_input", a line for each thing wrong. */
export function loadYaml<S extends z.ZodType>(path: string, schema: S): Loaded<z.output<S>> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Refusal("bad_input", `${path}: cannot be read: ${reasonOf(error)}`);
  }
  return readYaml(text, path, schema);
}

/** The same for text at hand; `name` is how messages call it. Throws Refusal "bad_input", a line for each thing wrong. */
export function readYaml<S extends z.ZodType>(text: string, name: string, schema: S): Loaded<z.output<S>> {
  if (text.length > yamlMaxBytes)
    throw new Refusal("bad_input", `${name}: larger than ${yamlMaxBytes / 1024} KB`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new Refusal(
      "bad_input",
      document.errors
        .map(({ code, message, pos }) =>
          code === "MULTIPLE_DOCS"
            ? `${place(pos[0])}: expected one document, found a second`
            : `${place(pos[0])}: ${message}`,
        )
        .join("\n"),
    );
  }
  let value: unknown;
  try {
    // No file of ours needs aliases, and a few hundred bytes of them can stand for megabytes.
    value = document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch (error) {
    throw new Refusal("bad_input", `${name}:1:1: ${reasonOf(error)}: anchors and aliases are not taken here`);
  }
  const offsetOf = (path: readonly PropertyKey[], ofKey: boolean) => findOffset(document, path, ofKey);
  const warnings = setAside(value, (path) => place(offsetOf(path, true)));
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return { value: parsed.data, warnings, place: (path) => place(offsetOf(path, false)) };
  }
  const complaints = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map(
          (key) => `${place(offsetOf([...issue.path, key], true))}: ${unknownKey(schema, issue.path, key)}`,
        )
      : [`${place(offsetOf(issue.path, false))}: ${wrongValue(issue, value)}`],
  );
  throw new Refusal("bad_input", complaints.join("\n"));
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "ENOENT") return "no such file";
  return message ?? String(error);
}

/** Removes what the first system's files may say and ours do not mean; tells each with its place. */
function setAside(value: unknown, place: (path: string[]) => string): string[] {
  const warnings: string[] = [];
  const visit = (at: unknown, path: string[]) => {
    if (typeof at !== "object" || at === null || Array.isArray(at)) return;
    const record = at as Record<string, unknown>;
    for (const key of Object.keys(record)) {
      const here = [...path, key];
      const dotted = here.join(".");
      if (keysWithoutEffect.some((known) => matches(known, dotted))) {
        warnings.push(`${place(here)}: "${dotted}" has no effect here`);
        delete record[key];
      } else visit(record[key], here);
    }
  };
  visit(value, []);
  const trading = (value as { trading?: { strategy?: unknown } } | null)?.trading;
  const playedAs = strategiesPlayedAs[String(trading?.strategy)];
  if (trading && playedAs) {
    warnings.push(
      `${place(["trading", "strategy"])}: strategy "${String(trading.strategy)}" is played as "${playedAs}"`,
    );
    trading.strategy = playedAs;
  }
  return warnings;
}

const matches = (known: string, dotted: string) =>
  known.endsWith("*") ? dotted.startsWith(known.slice(0, -1)) : known === dotted;

/** Where a path stands in the text; a missing key has no place, so its nearest ancestor's is taken. */
function findOffset(document: Document, path: readonly PropertyKey[], ofKey: boolean): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const name = path[depth - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(name));
      const key = pair?.key as Node | undefined;
      const value = pair?.value as Node | null | undefined;
      const node = ofKey && depth === path.length ? key : (value ?? key);
      if (node?.range) return node.range[0];
    } else {
      const node = document.getIn(path.slice(0, depth), true) as Node | undefined;
      if (node?.range) return node.range[0];
    }
  }
  return (document.contents as Node | null)?.range?.[0] ?? 0;
}

function unknownKey(schema: z.ZodType, path: readonly PropertyKey[], key: string): string {
  const known = keysAt(schema, path);
  const nearest = nearestOf(key, known);
  const where = path.length > 0 ? ` under "${path.join(".")}"` : "";
  const hint = nearest ? `; did you mean "${nearest}"?` : "";
  return `unknown key "${key}"${where}: expected one of ${known.join(", ")}${hint}`;
}

function wrongValue(issue: z.core.$ZodIssue, value: unknown): string {
  const found = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  const label = issue.path.length > 0 ? `"${issue.path.join(".")}"` : "the file";
  const wanted = issue.message.replace(/^Invalid (input|option): /, "").replace(/, received .*$/, "");
  const secret = /password/.test(String(issue.path.at(-1)));
  const shown = secret ? `a ${typeof found}` : JSON.stringify(found);
  const advice = secret && typeof found === "number" ? " (put it in quotes)" : "";
  return `${label} is ${shown}: ${wanted}${advice}`;
}

/** The keys a schema takes at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.ZodType | undefined = schema;
  for (const key of path) {
    at = unwrap(at);
    at = at instanceof z.ZodObject ? (at.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
  }
  at = unwrap(at);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let at = schema;
  while (at && !(at instanceof z.ZodObject)) {
    const inner = (at.def as { innerType?: z.ZodType }).innerType;
    if (!inner) return at;
    at = inner;
  }
  return at;
}

/** The known word nearest in spelling, if it is near at all: at most a third of its letters differ. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.ceil(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** Levenshtein's distance: letters to insert, remove or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
