/** Macros: keys under a name, a person's own, kept in that person's browser. */
import { keysFrom } from "../../control/console/keys.ts";
import { Refusal } from "../../proto/refusal.ts";

export interface Macro {
  readonly name: string;
  /** As written on the line, with \r and the rest. */
  readonly keys: string;
  readonly enter: boolean;
}

const place = "bbsbot macros";
export const macrosMax = 20;
export const macroNameMax = 24;

/** Where they are kept; a browser's own may refuse to. */
export type Keep = Pick<Storage, "getItem" | "setItem">;

/** Those that are kept; what is none of ours is left out. */
export function readMacros(keep: Keep): Macro[] {
  try {
    const kept: unknown = JSON.parse(keep.getItem(place) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isMacro).slice(0, macrosMax) : [];
  } catch {
    // Not ours, or not to be read: as good as none.
    return [];
  }
}

export function writeMacros(keep: Keep, macros: readonly Macro[]): void {
  keep.setItem(place, JSON.stringify(macros));
}

/** One more, or the one of the same name anew. Throws a Refusal. */
export function withMacro(macros: readonly Macro[], macro: Macro): Macro[] {
  const name = macro.name.trim();
  if (name === "" || name.length > macroNameMax)
    throw new Refusal("bad_input", `A macro's name has 1 to ${macroNameMax} characters`);
  keysFrom(macro.keys, macro.enter);
  const others = macros.filter((one) => one.name !== name);
  if (others.length >= macrosMax) throw new Refusal("bad_input", `There are ${macrosMax} macros already`);
  return [...others, { ...macro, name }];
}

const isMacro = (value: unknown): value is Macro =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Macro).name === "string" &&
  typeof (value as Macro).keys === "string" &&
  typeof (value as Macro).enter === "boolean" &&
  (value as Macro).name.length <= macroNameMax;
