/** YAML files against a schema: whatever is wrong is told with file, line and column, what was found and what was wanted. */
import process from "node:process";
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, Scalar, stringify } from "yaml";
import type { Document, Node } from "yaml";
import type { z } from "zod";
import { BotConfig, keysWithoutEffect, strategiesPlayedAs } from "../proto/config.ts";
import { Refusal } from "../proto/refusal.ts";
import { complaintsOf } from "./complaints.ts";
import { readingFailed, readSmall } from "./small-file.ts";
import { fillVariables, type Environment } from "./variables.ts";

/** Larger files are refused: no configuration of ours comes near. Nor may variables make one larger. */
export const yamlMaxBytes = 256 * 1024;
/** Lists and maps within each other; ours, and the first system's, need eight. */
const nestingMax = 40;
/** Nobody reads further. */
const complaintsMax = 20;

export interface Loaded<T> {
  readonly value: T;
  /** One line each, with its place: keys that were taken but mean nothing here. */
  readonly warnings: string[];
  /** Where a key's value stands, as "file:line:column", for what only its user can find wrong with it. */
  place(path: readonly string[]): string;
}

/** Text that is YAML, and the way back from what it says to where it says so. */
interface Parsed {
  readonly text: string;
  readonly document: Document;
  /** An offset in the text, as "file:line:column". */
  place(offset: number): string;
}

/** Reads and checks a file. Throws Refusal "bad_input", a line for each thing wrong. */
export function loadYaml<S extends z.ZodType>(
  path: string,
  schema: S,
  env: Environment = process.env,
): Loaded<z.output<S>> {
  return readYaml(readYamlText(path), path, schema, env);
}

/** A file's text, unread. Throws Refusal "bad_input" where there is none, or too much. */
export function readYamlText(path: string): string {
  let text: string | undefined;
  try {
    text = readSmall(path, yamlMaxBytes);
  } catch (error) {
    throw new Refusal("bad_input", `${path}: cannot be read: ${readingFailed(error)}`);
  }
  if (text === undefined) throw tooLarge(path);
  return text;
}

/** The same as `loadYaml` for text at hand; `name` is how messages call it. Throws Refusal "bad_input", a line for each thing wrong. */
export function readYaml<S extends z.ZodType>(
  text: string,
  name: string,
  schema: S,
  env: Environment = process.env,
): Loaded<z.output<S>> {
  const parsed = parse(text, name);
  const { document, place } = parsed;
  const ofBot = (schema as z.ZodType) === BotConfig;
  // Before variables: who has no use for a section need not set what it asks for.
  const warnings = ofBot ? setAside(parsed) : [];
  fillIn(parsed, env);
  const value = valueOf(parsed);
  if (ofBot) warnings.push(...playAs(value, (path) => place(offsetOf(document, path, true))));
  const checked = schema.safeParse(value);
  if (checked.success) {
    return { value: checked.data, warnings, place: (path) => place(offsetOf(document, path, false)) };
  }
  const complaints = complaintsOf(checked.error, schema, value, (path, ofKey) =>
    place(offsetOf(document, path, ofKey)),
  );
  throw refusal(complaints);
}

/** What a text says, held to no schema, its variables as they are written. Throws Refusal "bad_input" for what is no YAML. */
export const plainYaml = (text: string, name: string): unknown => valueOf(parse(text, name));

/** A value as YAML. */
export const toYaml = (value: unknown): string => stringify(value, { lineWidth: 0 });

function refusal(complaints: readonly string[]): Refusal {
  const told = complaints.slice(0, complaintsMax);
  const more = complaints.length - told.length;
  return new Refusal("bad_input", [...told, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"));
}

const tooLarge = (name: string) => new Refusal("bad_input", `${name}: larger than ${yamlMaxBytes / 1024} KB`);

function parse(text: string, name: string): Parsed {
  if (text.length > yamlMaxBytes) throw tooLarge(name);
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  if (document.errors.length > 0) {
    const complaints = document.errors.map(
      ({ code, message, pos }) => `${place(pos[0])}: ${told(code, message)}`,
    );
    throw refusal([...new Set(complaints)]);
  }
  const parsed = { text, document, place };
  eachScalar(parsed, () => {});
  return parsed;
}

function told(code: string, message: string): string {
  if (code === "MULTIPLE_DOCS") return "expected one document, found a second";
  return message.includes("call stack") ? "nested too deeply" : message;
}

/** Calls `take` with each scalar that is no key. Throws Refusal "bad_input" for an alias, and for what is nested too deeply. */
function eachScalar({ document, place }: Parsed, take: (scalar: Scalar) => void): void {
  const walk = (node: unknown, depth: number, isKey: boolean) => {
    const refuse = (reason: string) => {
      throw refusal([`${place((node as Node).range?.[0] ?? 0)}: ${reason}`]);
    };
    // No file of ours needs aliases, and a few hundred bytes of them can stand for megabytes.
    if (isAlias(node)) refuse("anchors and aliases are not taken here");
    // What walks further down, here or in the library, takes time that grows with the square of the depth.
    if (depth > nestingMax) refuse("nested too deeply");
    if (isScalar(node) && !isKey) take(node);
    if (isSeq(node)) for (const item of node.items) walk(item, depth + 1, isKey);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        walk(key, depth + 1, true);
        walk(value, depth + 1, isKey);
      }
    }
  };
  walk(document.contents, 0, false);
}

/** What a document says; an empty one says nothing, which is a value to most schemas. */
const valueOf = ({ document }: Parsed): unknown => document.toJS() ?? {};

/** Removes what the first system's files may say and ours do not mean; tells each with its place. */
function setAside({ document, place }: Parsed): string[] {
  const warnings: string[] = [];
  const look = (at: unknown, above: string) => {
    if (!isMap(at)) return;
    at.items = at.items.filter(({ key, value }) => {
      if (!isScalar(key)) return true;
      const dotted = `${above}${String(key.value)}`;
      if (modelKey.test(dotted) && isVariable(value)) {
        const advice = "the key is read from the environment itself, or from api_key_file";
        warnings.push(`${place(key.range?.[0] ?? 0)}: "${dotted}" has no effect here: ${advice}`);
        return false;
      }
      if (keysWithoutEffect.some((known) => matches(known, dotted))) {
        const more = isMap(value) && value.items.length > 0 ? ", nor has what stands under it" : "";
        warnings.push(`${place(key.range?.[0] ?? 0)}: "${dotted}" has no effect here${more}`);
        return false;
      }
      const leadsOn = /^llm(\.[a-z]+)?$/.test(dotted);
      if (leadsOn || keysWithoutEffect.some((known) => known.startsWith(`${dotted}.`)))
        look(value, `${dotted}.`);
      return true;
    });
  };
  look(document.contents, "");
  return warnings;
}

const matches = (known: string, dotted: string) =>
  known.endsWith("*") ? dotted.startsWith(known.slice(0, -1)) : known === dotted;

/** Where the first system's files have the key of a model's service: as a variable, for whom it was meant. */
const modelKey = /^llm\.[a-z]+\.api_key$/;
const isVariable = (value: unknown) =>
  isScalar(value) && typeof value.value === "string" && /^\$\{[^}]*\}$/.test(value.value);

/** Puts ours in place of strategies that only the first system had; tells each with its place. */
function playAs(value: unknown, place: (path: string[]) => string): string[] {
  return strategyPaths.flatMap((path) => {
    const above = path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (at as Keyed | null | undefined)?.[key], value);
    const key = path.at(-1)!;
    const asked = String((above as Keyed | null | undefined)?.[key]);
    const playedAs = Object.hasOwn(strategiesPlayedAs, asked) ? strategiesPlayedAs[asked] : undefined;
    if (!playedAs) return [];
    (above as Keyed)[key] = playedAs;
    return [`${place(path)}: strategy "${asked}" is played as "${playedAs}"`];
  });
}
const strategyPaths = [
  ["trading", "strategy"],
  ["trading", "ai_strategy", "fallback_strategy"],
];
type Keyed = Record<string, unknown>;

/** Puts the values of variables into the document, everywhere but in keys. Throws Refusal "bad_input", a line for each that is not set. */
function fillIn(parsed: Parsed, env: Environment): void {
  const { text, place } = parsed;
  const complaints: string[] = [];
  let room = yamlMaxBytes;
  eachScalar(parsed, (scalar) => {
    const written = scalar.value;
    if (typeof written !== "string" || !written.includes("${")) return;
    const filled = fillVariables(written, env, room);
    room -= filled.text.length;
    for (const { at, reason } of filled.troubles)
      complaints.push(`${place(offsetIn(text, scalar, written, at))}: ${reason}`);
    const plain = scalar.type === Scalar.PLAIN && scalar.tag === undefined;
    scalar.value = filled.whole && plain ? readAgain(filled.text) : filled.text;
  });
  if (complaints.length > 0) throw refusal(complaints);
}

/** Where a place in a scalar's value is in the text: the same reference, as often as it came before. */
function offsetIn(text: string, { range }: Scalar, written: string, at: number): number {
  const [start, end] = range ?? [0, text.length];
  const nth = written.slice(0, at).split("${").length;
  let offset = start - 1;
  for (let i = 0; i < nth; i++) {
    const next = text.indexOf("${", offset + 1);
    // An escape in quotes can hide one; the scalar's beginning is near enough then.
    if (next < 0 || next >= end) return start;
    offset = next;
  }
  return offset;
}

/** Longest number, truth value or null that YAML knows, with room to spare. */
const wordMaxChars = 64;

/** What YAML makes of a word without quotes: a number, a truth value, null, or the word. Never a list or a map. */
function readAgain(text: string): unknown {
  if (text === "") return null;
  if (text.length > wordMaxChars || !/^[-+.~\w]+$/.test(text)) return text;
  const { contents, errors } = parseDocument(text);
  return errors.length === 0 && isScalar(contents) && contents.source === text ? contents.value : text;
}

/** Where a path stands in the text; a missing key has no place, so its nearest ancestor's is taken. */
function offsetOf(document: Document, path: readonly PropertyKey[], ofKey: boolean): number {
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
