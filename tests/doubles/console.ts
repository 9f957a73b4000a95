/** A person at a command line: what is typed, what is seen, and a clock that stands until it is moved. */
import type { Doors } from "../../src/control/console/doors.ts";
import { runCommandLine } from "../../src/control/console/program.ts";
import type { Tty } from "../../src/control/console/tty.ts";
import { scribe, type Scribe } from "./scribe.ts";

export interface Scene {
  /** Doors that are open, in place of those of a scribe. */
  readonly doors?: Partial<Doors>;
  /** Both streams are a terminal, of so many columns. */
  readonly tty?: number;
  readonly colour?: boolean;
  /** What is answered to questions, one after the other; without it nobody is at the keyboard. */
  readonly answers?: readonly string[];
  /** Lines of standard input. */
  readonly piped?: readonly string[];
}

export interface Typed extends Scribe {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A terminal whose time goes on only by `pass`, and whose person presses Ctrl-C by `interrupt`. */
export function stage(scene: Scene = {}) {
  const scribed = scribe();
  const told = { out: "", err: "" };
  const answers = [...(scene.answers ?? [])];
  let now = 0;
  let alarms: { at: number; work: () => void }[] = [];
  let interrupted: ((status: number) => void)[] = [];
  const tty: Tty = {
    size: () => ({ columns: scene.tty ?? 80, rows: 24 }),
    onResize: () => () => {},
    hasKeyboard: scene.answers !== undefined,
    onKeys: () => () => {},
    ask: async (question) => {
      told.err += question;
      return answers.shift();
    },
    readLines: async () => [...(scene.piped ?? [])],
    onInterrupt(listener) {
      interrupted.push(listener);
      return () => (interrupted = interrupted.filter((one) => one !== listener));
    },
    isRead: async () => true,
    drained: async () => true,
    monotonic: () => now,
    now: () => 1_700_000_000_000 + now,
    later(ms, work) {
      const alarm = { at: now + ms, work };
      alarms.push(alarm);
      return () => (alarms = alarms.filter((one) => one !== alarm));
    },
  };
  const doors = {
    version: "0.0.0-test",
    console: {
      out: (text: string) => void (told.out += text),
      err: (text: string) => void (told.err += text),
      isTty: scene.tty !== undefined,
      errIsTty: scene.tty !== undefined,
      colour: scene.colour ?? false,
      columns: scene.tty ?? 80,
    },
    tty,
    settings: async () => ({}),
    settingsFile: async () => ({ file: "/home/me/.config/bbsbot/cli.yaml", found: false }),
    swarm: async () => scribed.swarm,
    configFiles: async (words: readonly string[]) => [...words],
    ...scene.doors,
  } as unknown as Doors;
  return {
    ...scribed,
    doors,
    told,
    /** Lets so many milliseconds pass, and rings what is due in its turn. */
    pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = alarms.filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)[0];
        if (!next) break;
        alarms = alarms.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.work();
      }
      now = until;
    },
    interrupt: () => interrupted.forEach((listener) => listener(130)),
    listening: () => interrupted.length,
    alarms: () => alarms.length,
  };
}
export type Stage = ReturnType<typeof stage>;

/** Types one command line and waits for its end. */
export async function typed(argv: string | readonly string[], scene: Scene = {}): Promise<Typed> {
  const { doors, told, swarm, asked } = stage(scene);
  const status = await runCommandLine(typeof argv === "string" ? argv.split(" ") : argv, doors);
  return { status, ...told, swarm, asked };
}
