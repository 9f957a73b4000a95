/** The recordings of a real TWGS, kept beside the repository: found here once, for every test that needs them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `BBSBOT_CAPTURES` names the folder; otherwise it is looked for beside the checkout. */
export const capturesDir = process.env["BBSBOT_CAPTURES"] ?? join(import.meta.dir, "../../shared/captures");
export const capturesMissing = !existsSync(join(capturesDir, "sessions"));
export const whyMissing = capturesMissing
  ? ` (skipped: no recordings in ${capturesDir}, set BBSBOT_CAPTURES)`
  : "";

/** One thing that happened in a recorded session; `t` in seconds since the connection was made. */
export type CaptureEvent =
  | { readonly t: number; readonly from: "server" | "client"; readonly bytes: Uint8Array }
  | { readonly t: number; readonly from: "label"; readonly label: string }
  | { readonly t: number; readonly from: "closed" };

export const sessionNames = (): string[] =>
  readdirSync(join(capturesDir, "sessions"))
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => name.slice(0, -".jsonl".length))
    .sort();

export function readSession(name: string): CaptureEvent[] {
  const lines = readFileSync(join(capturesDir, "sessions", `${name}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return lines.flatMap((line): CaptureEvent[] => {
    const { t, d, hex, label } = JSON.parse(line) as { t: number; d: string; hex?: string; label?: string };
    switch (d) {
      case "H": // where the recording comes from
        return [];
      case "L":
        return [{ t, from: "label", label: label ?? "" }];
      case "X":
        return [{ t, from: "closed" }];
      default:
        return [{ t, from: d === "S" ? "server" : "client", bytes: Uint8Array.fromHex(hex ?? "") }];
    }
  });
}

/** All that the server sent in a session, in one piece. */
export function serverBytes(name: string): Uint8Array {
  return Buffer.concat(readSession(name).flatMap((event) => (event.from === "server" ? [event.bytes] : [])));
}
