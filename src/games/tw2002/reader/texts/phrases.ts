/**
 * Short lines that the game prints for people and that a bot has no use for, by subject. Wording: the recordings.
 */
import { forms } from "./forms.ts";

/** What a line is about, if it is one of them. */
export function phraseOf(line: string): string | undefined {
  const text = line.trimEnd();
  if (text === "" || text.length > lineMaxChars) return undefined;
  const phrases = [byInitial.get(initialOf(text)), byInitial.get(anyInitial)];
  for (const some of phrases) {
    const found = some?.find(({ pattern }) => pattern.test(text));
    if (found) return found.of;
  }
  return shapes.find(([pattern]) => pattern.test(text))?.[1];
}

/** Lines whose shape says what they are. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/^[╔╚╠][═╦╩╤╧╬ 0-9v]{2,78}[╗╝╣]$/, "a menu's frame"],
  [/^║.{1,78}║$/, "a menu"],
  // Sectors in columns: what is explored or avoided, and the computer's lists of warps and ports.
  [/^ {0,9}\d{1,5}(?: {1,9}\d{1,5}){0,12}$/, "a list of sectors"],
  [/^ {0,4}\d{1,5}(?: [ -] {0,4}\d{1,5} {1,3}\d{1,3}%){3}$/, "a list of ports"],
];

/** None of them is longer. */
const lineMaxChars = 120;

const parts = /№|…| {2,}|[^№… ]+| /g;
const shape = (form: string) =>
  form.replaceAll(parts, (part) => {
    if (part === "№") return String.raw`-?\d[\d,.]{0,13}[KMT]?`;
    if (part === "…") return ".{1,60}?";
    if (part.startsWith("  ")) return " {1,60}";
    return part.replaceAll(/[\\^$.|?+*()[\]{}/-]/g, String.raw`\$&`);
  });

interface Phrase {
  readonly of: string;
  readonly pattern: RegExp;
}

const anyInitial = "…";
/** What a text begins with; all digits are alike. */
const initialOf = (text: string) => (/^(?:\d|-\d|№)/.test(text) ? "№" : text[0]!);

/** By how they begin, so that a line is held against few of them. */
const byInitial = new Map<string, Phrase[]>();
for (const [of, lines] of Object.entries(forms)) {
  for (const form of lines) {
    const initial = initialOf(form);
    const phrases = byInitial.get(initial) ?? [];
    phrases.push({ of, pattern: new RegExp(`^${shape(form)}$`) });
    byInitial.set(initial, phrases);
  }
}
