/** What the page asks of the manager: the operations of the table, and what came of each, for the button that asked. */
import { signal, type Signal } from "@preact/signals";
import { remoteSwarm } from "../control/client.ts";
import type { Swarm } from "../proto/operations.ts";
import { Refusal } from "../proto/refusal.ts";

/** The manager that this page comes from. */
export const manager: Swarm = remoteSwarm(location.origin, (request) => fetch(request));

/** What the manager tells the page of itself. */
export const settings = signal<{ readonly read_only: boolean }>({ read_only: false });
export async function readSettings(): Promise<void> {
  const reply = await fetch("/page/settings.json");
  if (reply.ok) settings.value = (await reply.json()) as { read_only: boolean };
}

/** Where something that was asked for stands. */
export type Doing =
  | { readonly how: "idle" }
  | { readonly how: "pending" }
  | { readonly how: "done"; readonly told: string }
  | { readonly how: "refused"; readonly told: string };

/** A place where the outcome of what is asked for there will stand. */
export const newDoing = (): Signal<Doing> => signal<Doing>({ how: "idle" });

/** Asks, and keeps `doing` true to it. `tell` puts the answer in words. One thing at a time: while one is pending nothing else is asked. */
export async function attempt<T>(
  doing: Signal<Doing>,
  work: () => Promise<T>,
  tell: (answer: T) => string,
): Promise<T | undefined> {
  if (doing.value.how === "pending") return undefined;
  doing.value = { how: "pending" };
  try {
    const answer = await work();
    doing.value = { how: "done", told: tell(answer) };
    return answer;
  } catch (error) {
    doing.value = { how: "refused", told: wordsOfRefusal(error) };
    return undefined;
  }
}

/** A refusal in the manager's words, with what did not fit. */
export function wordsOfRefusal(error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  const places = (error.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
  return [error.message, ...places].join("; ");
}
