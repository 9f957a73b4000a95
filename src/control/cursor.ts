/** Where a page ended, as the text that people give back for the next one. */
import type { z } from "zod";
import { Refusal } from "../proto/refusal.ts";

/** The cursor that says this. Only `readCursor` need understand it. */
export function cursorOf(place: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(place));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** What `cursorOf` was given; refuses anything else. */
export function readCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  const { data } = schema.safeParse(placeIn(cursor));
  if (data === undefined)
    throw new Refusal("bad_input", `Cannot go on from cursor "${cursor}": it is none of this list`);
  return data;
}

function placeIn(cursor: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (byte) =>
      byte.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // No cursor of ours says nothing.
    return undefined;
  }
}
