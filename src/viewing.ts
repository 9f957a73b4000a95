/** The manager's WebSockets for those who look on, dialled with the token that its address stands for. */
import type { Ears, ManagerAt, Viewing } from "./control/console/doors.ts";
import { clientToken } from "./io/token.ts";
import { dialViewer, type ViewerOptions } from "./io/viewer.ts";
import { LiveMessage } from "./proto/events.ts";
import { feedSocketPath, FeedTold } from "./proto/feed.ts";
import { terminalSocketPath, TerminalTold, type TerminalAsked } from "./proto/terminal-view.ts";

/** Characters of one message, at most. A bot's whole status is some 2 KB, and a swarm has hundreds, thousands at the utmost. */
const liveMaxChars = 64 * 1024 * 1024;
const feedMaxChars = 4 * 1024 * 1024;
/** `terminalRingMax` characters, each of which JSON may spell with six. */
const terminalMaxChars = 256 * 1024;
const liveSocketPath = "/ws/swarm";

/** The swarm as it stands and changes. A line that broke goes on from what was told last. */
export function viewLive(at: ManagerAt, ears: Ears<LiveMessage>): Promise<Viewing> {
  let rev: number | undefined;
  return dialViewer({
    ...lineTo(at, ears, () => (rev === undefined ? liveSocketPath : `${liveSocketPath}?since=${rev}`)),
    schema: LiveMessage,
    messageMaxChars: liveMaxChars,
    again: true,
    told(message) {
      rev = message.rev;
      ears.told(message);
    },
  });
}

/** Each event from now on. What happens while the line is broken is not told: `swarmEvents` knows. */
export function viewFeed(at: ManagerAt, ears: Ears<FeedTold>): Promise<Viewing> {
  return dialViewer({
    ...lineTo(at, ears, () => feedSocketPath),
    schema: FeedTold,
    messageMaxChars: feedMaxChars,
    again: true,
  });
}

/** A bot's terminal. It is not dialled again by itself: whoever had the keys has them no more, and should know. */
export function viewTerminal(
  at: ManagerAt,
  bot: string,
  ears: Ears<TerminalTold>,
): Promise<Viewing<TerminalAsked>> {
  return dialViewer({
    ...lineTo(at, ears, () => terminalSocketPath(bot)),
    schema: TerminalTold,
    messageMaxChars: terminalMaxChars,
    again: false,
  });
}

function lineTo<T>(
  { url, tokenFile }: ManagerAt,
  ears: Ears<T>,
  path: () => string,
): Pick<ViewerOptions<T>, "url" | "token" | "told" | "opened" | "closed"> {
  return {
    url: () => new URL(path(), url),
    token: clientToken(url, tokenFile),
    told: (message) => ears.told(message),
    opened: () => ears.opened?.(),
    closed: (reason, final) => ears.closed?.(reason, final),
  };
}
