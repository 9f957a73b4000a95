/**
 * Bots' terminals: who watches them, and who has their keys. Of a bot that nobody watches nothing is kept and nothing is asked:
 * its worker is told to show its game when the first viewer comes, and to stop a while after the last has gone. Of a bot that has no
 * worker it is shown what that left behind.
 */
import type { SwarmEvent } from "../proto/events.ts";
import type { ManagerMessage } from "../proto/orders.ts";
import type { Swarm } from "../proto/operations.ts";
import { Refusal } from "../proto/refusal.ts";
import type { TerminalTold } from "../proto/terminal-view.ts";
import type { TerminalMessage } from "../swarm/messages.ts";
import { knownBot } from "../swarm/requests.ts";
import { hasEnded, hasProcess, type SwarmState } from "../swarm/swarm.ts";
import { createKeys, type Hand, type Keys } from "./terminal/keys.ts";
import { createPicture, type Picture } from "./terminal/picture.ts";
import type { Seat, Sight, Viewer } from "./terminal/seat.ts";

/** A bot is watched for so long after its last viewer has gone, in milliseconds: many go to come back. */
export const lingerMs = 10_000;
/** Viewers of one bot, of all, and bots that are watched, at one moment. */
export const viewersPerBotMax = 100;
export const terminalViewersMax = 500;
export const watchedBotsMax = 250;

/** What is asked of terminals in passing, without staying to watch. */
export type TerminalAnswers = Pick<Swarm, "botScreen" | "sendKeys">;

export interface TerminalsParts {
  readonly state: Readonly<SwarmState>;
  /** Tells a bot's worker, if it is there. */
  readonly tell: (bot: string, message: ManagerMessage) => void;
  /** Takes in that a bot's keys have changed hands. */
  readonly happened: (event: SwarmEvent) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Does it after so many milliseconds, unless the answer is called before. */
  readonly later: (ms: number, work: () => void) => () => void;
  /** Drawn by chance, as `LeaseId` wants it. */
  readonly newLease: () => string;
  /** What a bot's worker left of its game when it ended, and when that was; undefined where it left nothing. */
  readonly lastScreen: (bot: string) => { readonly text: string; readonly at: number } | undefined;
}

export interface Terminals {
  /** Refuses an unknown bot, and one viewer too many. */
  admit(bot: string): void;
  /** The same; and from now on the viewer is told, first of all what is known. */
  watch(bot: string, viewer: Viewer): Seat;
  sight(bot: string): Sight;
  /** A worker's word. */
  heard(bot: string, message: TerminalMessage): void;
  /** A worker was welcomed on a new line. */
  welcomed(bot: string): void;
  told(event: SwarmEvent): void;
  stop(): void;
}

interface Terminal {
  readonly bot: string;
  readonly viewers: Map<Hand, Viewer>;
  readonly keys: Keys;
  picture: Picture | undefined;
  /** Whether the bot has a line to its game; undefined until that is known. */
  live: boolean | undefined;
  /** Calls off that the watching ends. */
  stay: () => void;
}

/** The terminals of a swarm's bots. */
export function createTerminals(parts: TerminalsParts): Terminals {
  const { state, tell, now, later } = parts;
  /** Those that are watched, or were until a while ago. */
  const watched = new Map<string, Terminal>();

  function open(bot: string): Terminal {
    const left = [...watched.values()].find(({ viewers }) => viewers.size === 0);
    if (watched.size >= watchedBotsMax && left) close(left);
    const viewers: Terminal["viewers"] = new Map();
    const keys = createKeys({
      tell: (message) => tell(bot, message),
      later,
      newLease: parts.newLease,
      passed(hand, taken) {
        parts.happened({ type: "handed", bot, taken, at: now() });
        for (const [other, viewer] of viewers)
          if (other !== hand) viewer.told({ type: "held", by_other: taken });
      },
    });
    const live = whyAway(bot) === undefined ? undefined : false;
    const terminal: Terminal = { bot, viewers, keys, picture: pictureLeft(bot), live, stay() {} };
    watched.set(bot, terminal);
    tell(bot, { type: "watch", on: true });
    return terminal;
  }

  function close({ bot, stay }: Terminal): void {
    stay();
    watched.delete(bot);
    tell(bot, { type: "watch", on: false });
  }

  /** The picture that a bot's last worker left. One that is there shows its own; what lies there of a former bot of that id is not this one's. */
  function pictureLeft(id: string): Picture | undefined {
    const bot = state.bots.get(id);
    if (bot?.origin !== "spawned" || bot.startedAt === undefined) return undefined;
    const left = hasEnded(bot) || !hasProcess(bot) ? parts.lastScreen(id) : undefined;
    if (!left) return undefined;
    const picture = createPicture();
    picture.wrote(left.text, true, left.at);
    return picture;
  }

  /** Why nobody can speak to the bot's worker. */
  function whyAway(id: string): string | undefined {
    const bot = state.bots.get(id);
    if (!bot || hasEnded(bot)) return `Bot "${id}" has ended`;
    return bot.linked ? undefined : `The worker of bot "${id}" cannot be reached just now`;
  }

  function tellAll({ viewers }: Terminal, message: TerminalTold): void {
    for (const viewer of viewers.values()) viewer.told(message);
  }

  function greet({ picture, live, keys }: Terminal, viewer: Viewer): void {
    if (picture) viewer.told({ type: "shown", text: picture.past(), fresh: true });
    if (live !== undefined) viewer.told({ type: "line", live });
    if (keys.isTaken()) viewer.told({ type: "held", by_other: true });
  }

  function setLive(terminal: Terminal, live: boolean): void {
    if (terminal.live === live) return;
    terminal.live = live;
    tellAll(terminal, { type: "line", live });
  }

  function leave(terminal: Terminal, hand: Hand): void {
    if (!terminal.viewers.delete(hand)) return;
    terminal.keys.give(hand, "Gone");
    const isWatched = watched.get(terminal.bot) === terminal;
    if (isWatched && terminal.viewers.size === 0) terminal.stay = later(lingerMs, () => close(terminal));
  }

  function admit(bot: string): void {
    knownBot(state, bot);
    const terminal = watched.get(bot);
    const sizes = Array.from(watched.values(), ({ viewers }) => viewers.size);
    const tooMany = (what: string) => new Refusal("unavailable", `${what} already, the most at one moment`);
    if (terminal && terminal.viewers.size >= viewersPerBotMax)
      throw tooMany(`Bot "${bot}" has ${viewersPerBotMax} viewers`);
    if (sizes.reduce((sum, size) => sum + size, 0) >= terminalViewersMax)
      throw tooMany(`${terminalViewersMax} viewers of terminals are here`);
    if (!terminal && sizes.length >= watchedBotsMax && !sizes.includes(0))
      throw tooMany(`${watchedBotsMax} bots are watched`);
  }

  return {
    admit,
    watch(bot, viewer) {
      admit(bot);
      const terminal = watched.get(bot) ?? open(bot);
      const { keys, viewers } = terminal;
      terminal.stay();
      const hand: Hand = {
        taken: () => viewer.told({ type: "taken" }),
        given: (reason) => viewer.told({ type: "given", reason }),
      };
      greet(terminal, viewer);
      viewers.set(hand, viewer);
      return {
        take() {
          const away = whyAway(bot);
          if (away === undefined) keys.take(hand);
          else hand.given(away);
        },
        type: (typed) => keys.type(hand, typed),
        beat: () => keys.beat(hand),
        give: () => keys.give(hand, "Given back"),
        leave: () => leave(terminal, hand),
      };
    },
    sight(bot) {
      const terminal = watched.get(bot);
      const { live, keys } = terminal ?? {};
      const picture = terminal ? terminal.picture : pictureLeft(bot);
      return {
        shot: picture?.shot(live === true),
        whole: picture !== undefined && live !== undefined,
        taken: keys?.asker() !== undefined,
      };
    },
    heard(bot, message) {
      const terminal = watched.get(bot);
      if (!terminal) return;
      switch (message.type) {
        case "shown": {
          // The rest of what it told somebody who has gone meanwhile: its past comes next.
          if (!terminal.picture && !message.fresh) return;
          terminal.picture ??= createPicture();
          const fresh = message.fresh === true;
          const text = terminal.picture.wrote(message.text, fresh, now());
          return tellAll(terminal, { type: "shown", text, ...(fresh && { fresh }) });
        }
        case "online":
          return setLive(terminal, message.live);
        case "taken":
          return terminal.keys.confirmed(message.lease);
        case "given":
          return terminal.keys.ended(message.lease, message.reason);
        default:
          message satisfies never;
      }
    },
    welcomed(bot) {
      const terminal = watched.get(bot);
      if (!terminal) return;
      // With the line a worker forgets who watches, and takes its keys back.
      terminal.keys.lost("The line to the bot's worker broke");
      tell(bot, { type: "watch", on: true });
    },
    told({ type, bot }) {
      const terminal = type === "heard" ? undefined : watched.get(bot);
      if (!terminal) return;
      if (!state.bots.has(bot)) {
        terminal.keys.lost(`Bot "${bot}" is off the list`);
        close(terminal);
        for (const viewer of terminal.viewers.values()) viewer.gone();
        return;
      }
      const away = whyAway(bot);
      if (away === undefined) return;
      terminal.keys.lost(away);
      setLive(terminal, false);
      if (terminal.picture) return;
      // It ended before it had shown anything to those who have just come.
      terminal.picture = pictureLeft(bot);
      if (terminal.picture) tellAll(terminal, { type: "shown", text: terminal.picture.past(), fresh: true });
    },
    stop() {
      for (const { keys, stay } of watched.values()) {
        stay();
        keys.lost("The manager stops");
      }
      watched.clear();
    },
  };
}
