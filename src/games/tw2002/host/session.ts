/**
 * One caller: what he sees, where he stands, and the ways to ask him something. Every prompt is a function of the
 * next key.
 */
import type { Galaxy } from "./galaxy.ts";
import type { Trader } from "./things.ts";
import type { GameSettings } from "./settings.ts";
import { createPaper, type Paper } from "./text/paper.ts";

/** A game behind a letter of the door's menu, with the players who are in it now. */
export interface Game {
  readonly letter: string;
  readonly name: string;
  readonly description: string;
  /** Another one after a reset, when nobody is in it. */
  galaxy: Galaxy;
  /** By trader id. */
  readonly online: Map<number, Session>;
  /** Wrong passwords lately, by trader id, from whatever line. */
  readonly guesses: Map<number, { count: number; at: number }>;
}

/** Where a caller stands: each key, one CP437 character, goes to `onKey`. CR is Enter; LF and NUL never arrive. */
export interface Prompt {
  onKey(session: Session, key: string): void;
  /** Shown again after a message has cut in; only prompts that have it are cut into. */
  readonly reprint?: ((session: Session) => void) | undefined;
}

/** What a session needs from the host it belongs to. */
export interface Door {
  readonly games: readonly Game[];
  readonly sessions: ReadonlyMap<number, Session>;
  readonly title: string;
  /** The event in hand: by the games' calendar and by the clock on the callers' wall, ms since 1970. */
  readonly clock: { readonly at: number; readonly now: number };
  /** The slow line that is imitated, as the games' settings tell of it. */
  readonly latencyMs: number;
  /** Makes a password unreadable; the same words and salt give the same seal. */
  seal(password: string, salt: string): string;
  hangUp(session: Session): void;
  /** Something is about to happen to this session on account of another one, or of time. */
  touched(session: Session): void;
}

/** Where it goes on: every path of a command ends in one of these, once. */
export type Then = (session: Session) => void;

export interface Session {
  readonly caller: number;
  readonly door: Door;
  readonly paper: Paper;
  /** When the event in hand happened by the game's calendar, ms since 1970; whoever's event it is. */
  readonly at: number;
  /** The same by the clock on the caller's wall, for waits and delays. */
  readonly now: number;
  prompt: Prompt;
  /** The name given at the door. */
  login: string;
  game: Game | undefined;
  trader: Trader | undefined;
  /** Messages that came while a sub-prompt was open. */
  readonly waiting: ((paper: Paper) => void)[];
  /** A message has been printed over the prompt that stands there and no key has come since. */
  cutIn: boolean;
  lastKeyAt: number;
  /** Since when the time on line is counted, wall clock, and whether its end has been announced. */
  boardedAt: number;
  timeWarned: boolean;
  /** How many inactivity warnings have been given since the last key. */
  warned: number;
  /** When an unanswered [Pause] explains itself; undefined when it has, or when there is none. */
  nudgeAt: number | undefined;
  /** Wrong passwords of private games on this line. */
  wrongPasswords: number;
  /** The sector last asked for, offered again by M; 0 for none. */
  destination: number;
  /** Out of the game, back to its menu; set on the way in. */
  leave: (session: Session) => void;
  /** Back to the command prompt from wherever he is; undefined until he has had one since coming in. */
  home: ((session: Session) => void) | undefined;
  /** What goes on by itself at its moment; until then keys wait in `typed`. */
  later: { readonly at: number; readonly run: (session: Session) => void } | undefined;
  readonly typed: string[];
  closed: boolean;
}

/** Messages kept for a caller who is busy; the oldest go first. */
const waitingMax = 20;
const nudgeMs = 10_000;
/** Keys kept for a caller whose ship is under way; further ones are dropped. */
const typedMax = 1024;

const nowhere: Prompt = { onKey: () => {} };

export function createSession(caller: number, door: Door): Session {
  const { now } = door.clock;
  return {
    caller,
    door,
    paper: createPaper(),
    get at() {
      return door.clock.at;
    },
    get now() {
      return door.clock.now;
    },
    prompt: nowhere,
    login: "",
    game: undefined,
    trader: undefined,
    waiting: [],
    cutIn: false,
    lastKeyAt: now,
    boardedAt: now,
    timeWarned: false,
    warned: 0,
    nudgeAt: undefined,
    wrongPasswords: 0,
    destination: 0,
    leave: () => {},
    home: undefined,
    later: undefined,
    typed: [],
    closed: false,
  };
}

/** Remembers how a session stands; the function it gives makes it stand so again. */
export function remember(session: Session): () => void {
  const { prompt, login, game, trader, cutIn, lastKeyAt, boardedAt, timeWarned, warned, nudgeAt } = session;
  const { wrongPasswords, destination, leave, home, later, closed, waiting, typed } = session;
  const was = { prompt, login, game, trader, cutIn, lastKeyAt, boardedAt, timeWarned, warned, nudgeAt };
  const more = { wrongPasswords, destination, leave, home, later, closed };
  const lists = { waiting: [...waiting], typed: [...typed] };
  const unwrite = session.paper.mark();
  return () => {
    Object.assign(session, was, more);
    waiting.splice(0, waiting.length, ...lists.waiting);
    typed.splice(0, typed.length, ...lists.typed);
    unwrite();
  };
}

/** The player behind a session that has entered a game. Commands run only then; anything else is a bug. */
export function player(session: Session): {
  trader: Trader;
  game: Game;
  galaxy: Galaxy;
  settings: GameSettings;
  paper: Paper;
} {
  const { trader, game, paper } = session;
  if (!trader || !game) throw new Error(`Caller ${session.caller} is not in a game`);
  return { trader, game, galaxy: game.galaxy, settings: game.galaxy.settings, paper };
}

/** Asks for one of `keys` (capitals). The key is echoed and the line ended; Enter stands for `enter` and is not echoed. */
export function askKey(
  session: Session,
  keys: string,
  chosen: (session: Session, key: string) => void,
  options: { readonly enter?: string; readonly silent?: boolean } = {},
): void {
  session.prompt = {
    onKey(asked, key) {
      if (key === "\r") {
        if (options.enter === undefined) return;
        asked.paper.line();
        return chosen(asked, options.enter);
      }
      const capital = key.toUpperCase();
      if (!keys.includes(capital)) return;
      if (!options.silent) asked.paper.raw(capital);
      asked.paper.line();
      chosen(asked, capital);
    },
  };
}

/** Asks yes or no; Enter means `enter`. The answer is written out in full. */
export function askYesNo(
  session: Session,
  enter: boolean,
  chosen: (session: Session, yes: boolean) => void,
): void {
  session.prompt = {
    onKey(asked, key) {
      const capital = key.toUpperCase();
      if (capital !== "Y" && capital !== "N" && capital !== "\r") return;
      const yes = capital === "\r" ? enter : capital === "Y";
      asked.paper.answer(yes ? "Yes" : "No");
      asked.paper.line();
      chosen(asked, yes);
    },
  };
}

interface LineOptions {
  /** Longest answer, in characters; further ones are dropped. */
  readonly max: number;
  readonly secret?: boolean;
  /** Digits only, and none that would make the number greater than this. */
  readonly largest?: number;
  /** Written after Enter instead of the game's own line end. */
  readonly end?: string;
  readonly begun?: string;
}

/** Asks for a line, echoed (stars when secret), mended by backspace, ended by Enter. */
export function askLine(
  session: Session,
  options: LineOptions,
  entered: (session: Session, text: string) => void,
): void {
  let text = options.begun ?? "";
  session.prompt = {
    onKey(asked, key) {
      if (key === "\r") {
        if (options.end === undefined) asked.paper.line();
        else asked.paper.raw(options.end);
        entered(asked, text);
      } else if (key === "\b") {
        if (text === "") return;
        text = text.slice(0, -1);
        asked.paper.raw("\b \b");
      } else if (fits(text, key, options)) {
        text += key;
        asked.paper.raw(options.secret ? "*" : key);
      }
    },
  };
}

function fits(text: string, key: string, { max, largest }: LineOptions): boolean {
  if (key < " " || key === "\x7f" || text.length >= max) return false;
  return largest === undefined || (/\d/.test(key) && Number(text + key) <= largest);
}

/** Asks for a number up to `largest`; Enter alone stands for `enter`. */
export function askNumber(
  session: Session,
  options: { readonly largest: number; readonly enter: number },
  entered: (session: Session, value: number) => void,
): void {
  const { largest, enter } = options;
  askLine(session, { max: 12, largest }, (asked, text) => entered(asked, text === "" ? enter : Number(text)));
}

interface PauseOptions {
  /** Line ends written when it is over; whatever follows mostly begins with an empty line. */
  readonly lines?: 1 | 2;
  /** Where A leads in the middle of something long; without it A is a key like any other. */
  readonly aborted?: (session: Session) => void;
}

/** Stops until Space or Enter; other keys are nothing. Left alone for ten seconds it says what it waits for. */
export function pause(
  session: Session,
  then: (session: Session) => void,
  { lines = 2, aborted }: PauseOptions = {},
): void {
  session.paper.put`~m[Pause]`;
  session.nudgeAt = session.now + nudgeMs;
  session.prompt = {
    onKey(asked, key) {
      const abort = aborted && key.toUpperCase() === "A" ? aborted : undefined;
      if (key !== "\r" && key !== " " && !abort) return;
      asked.nudgeAt = undefined;
      asked.paper.line();
      if (lines === 2) asked.paper.line();
      (abort ?? then)(asked);
    },
  };
}

/** What a forgotten [Pause] says. */
export function nudge(session: Session): void {
  session.nudgeAt = undefined;
  session.paper.put` - ~M[Press Space or Enter to continue]`;
}

/**
 * Tells a player something that he did not ask for. At a prompt that can be reprinted it cuts in at once: the prompt is
 * wiped, the message written, the prompt shown again; anywhere else it waits for the command prompt.
 */
export function tell(session: Session, message: (paper: Paper) => void): void {
  const { prompt, paper, waiting } = session;
  session.door.touched(session);
  if (!prompt.reprint) {
    waiting.push(message);
    if (waiting.length > waitingMax) waiting.shift();
    return;
  }
  wipePrompt(session);
  message(paper);
  prompt.reprint(session);
  session.cutIn = true;
}

/** Clears the line that the prompt stands on, and from the second message on the empty one above it. */
export function wipePrompt({ paper, cutIn, trader }: Session): void {
  // Without ANSI there is no wiping: how the real server goes on then is not recorded.
  if (trader?.preferences.ansi === false) paper.line();
  else paper.raw(cutIn ? "\r\x1b[K\x1b[1A" : "\r\x1b[K");
}

/**
 * Goes on after so many ms, or at once when there are none. Meanwhile the caller's keys wait, and messages for him too.
 */
export function after(session: Session, ms: number, then: (session: Session) => void): void {
  if (ms <= 0) return then(session);
  session.prompt = nowhere;
  session.later = { at: session.now + ms, run: then };
}

/** One key, now, or when what is under way has come to its end. */
export function press(session: Session, key: string): void {
  if (!session.later) session.prompt.onKey(session, key);
  else if (session.typed.length < typedMax) session.typed.push(key);
}

/** Lets what was put off go on, and then the keys that have waited for it. */
export function goOn(session: Session): void {
  const { later } = session;
  if (!later) return;
  session.later = undefined;
  later.run(session);
  while (!session.later && !session.closed) {
    const key = session.typed.shift();
    if (key === undefined) return;
    session.prompt.onKey(session, key);
  }
}
