/** The manager's WebSockets for those who look on, dialled with the token that its address stands for. */
import type { Ears, ManagerAt, Viewing } from "./control/console/doors.ts";
import type { LiveMessage } from "./proto/events.ts";
import type { FeedTold } from "./proto/feed.ts";
import { Refusal } from "./proto/refusal.ts";
import type { TerminalAsked, TerminalTold } from "./proto/terminal-view.ts";

const notYet = () => new Refusal("unavailable", "Not yet");

export async function viewLive(_at: ManagerAt, _ears: Ears<LiveMessage>): Promise<Viewing> {
  throw notYet();
}
export async function viewFeed(_at: ManagerAt, _ears: Ears<FeedTold>): Promise<Viewing> {
  throw notYet();
}
export async function viewTerminal(
  _at: ManagerAt,
  _bot: string,
  _ears: Ears<TerminalTold>,
): Promise<Viewing<TerminalAsked>> {
  throw notYet();
}
