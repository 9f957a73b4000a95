/** Which resources changed: each is told at once, and then at most once a second, however often it changes. */
import { BotId } from "../../proto/ids.ts";

/** What changed: one bot, and with it the swarm's totals; the swarm alone when no bot is named. */
export interface Change {
  readonly bot?: string;
}
/** Has a listener told of changes until the answer is called. */
export type Changes = (listener: (change: Change) => void) => () => void;
/** Does some work later, once. */
export type Later = (ms: number, work: () => void) => void;

/** Shortest time between two tellings of one resource, in milliseconds. */
export const updatePaceMs = 1000;

export const swarmUri = "bbsbot://swarm";
const botsUri = "bbsbot://bot/";
export const botUri = (id: string): string => botsUri + id;
/** Whether there could be such a resource. */
export const isResource = (uri: string): boolean =>
  uri === swarmUri || (uri.startsWith(botsUri) && BotId.safeParse(uri.slice(botsUri.length)).success);

/** Tells the URI of each resource that changed, until the answer is called. `wanted` leaves out what nobody asked for. */
export function followResources(
  changes: Changes,
  later: Later,
  tell: (uri: string) => void,
  wanted: (uri: string) => boolean = () => true,
): () => void {
  /** What was told within the last second, and whether it has changed since. */
  const resting = new Map<string, { changed: boolean }>();
  let over = false;
  const changed = (uri: string) => {
    if (over || !wanted(uri)) return;
    const rest = resting.get(uri);
    if (rest) rest.changed = true;
    else say(uri);
  };
  const say = (uri: string) => {
    const rest = { changed: false };
    resting.set(uri, rest);
    tell(uri);
    later(updatePaceMs, () => {
      resting.delete(uri);
      if (rest.changed) changed(uri);
    });
  };
  const stop = changes(({ bot }) => {
    if (bot !== undefined) changed(botUri(bot));
    changed(swarmUri);
  });
  return () => {
    over = true;
    stop();
  };
}
