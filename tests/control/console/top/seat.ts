/** A person in front of `top`: a terminal whose keys, size and clock are the test's, and a manager that tells what the test says. */
import type { Doors, Ears } from "../../../../src/control/console/doors.ts";
import { runCommandLine } from "../../../../src/control/console/program.ts";
import type { LiveMessage } from "../../../../src/proto/events.ts";
import type { Swarm } from "../../../../src/proto/operations.ts";
import type { BotStatus } from "../../../../src/proto/status.ts";
import { stage } from "../../../doubles/console.ts";
import { manyBots, snapshotOf } from "./swarm.ts";

interface Told {
  readonly swarm?: Partial<Swarm>;
  readonly live?: Doors["live"];
  readonly argv?: string;
  readonly bots?: readonly BotStatus[];
}

/** Starts `top`; it has been told of its bots when this settles. */
export async function sit({ swarm = {}, live, argv = "top", bots = manyBots(3) }: Told = {}) {
  const scene = stage({ tty: 80, answers: [] });
  const open = { keys: 0, lines: 0, resizes: 0 };
  let size = { columns: 80, rows: 24 };
  let press: (keys: string) => void = () => {};
  let resized: () => void = () => {};
  let ears: Ears<LiveMessage> | undefined;
  let drain: (() => void)[] | undefined;
  let isRead = true;
  const frames: string[] = [];
  const tty: Doors["tty"] = {
    ...scene.doors.tty,
    size: () => size,
    onKeys(listener) {
      open.keys++;
      press = listener;
      return () => void open.keys--;
    },
    onResize(listener) {
      open.resizes++;
      resized = listener;
      return () => void open.resizes--;
    },
    drained: () =>
      new Promise((resolve) => {
        if (drain) drain.push(() => resolve(isRead));
        else resolve(isRead);
      }),
  };
  const doors: Doors = {
    ...scene.doors,
    tty,
    console: { ...scene.doors.console, out: (text) => void frames.push(text) },
    swarm: async () => swarm as Swarm,
    live:
      live ??
      (async (_at, heard) => {
        open.lines++;
        ears = heard;
        heard.opened?.();
        heard.told(snapshotOf(bots));
        return { say: () => false, close: () => void open.lines-- };
      }),
  };
  const ended = runCommandLine(argv.split(" "), doors);
  let status: number | undefined;
  ended.then((code) => (status = code)).catch(() => (status = -1));
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  // The command is loaded when it is called for.
  for (let turn = 0; turn < 200 && frames.length === 0 && status === undefined; turn++) await Bun.sleep(1);
  const pass = async (ms: number) => {
    scene.pass(ms);
    await settle();
  };
  return {
    scene,
    frames,
    ended,
    open,
    settle,
    pass,
    press: async (keys: string) => {
      press(keys);
      await settle();
    },
    resize: (columns: number, rows: number) => {
      size = { columns, rows };
      resized();
    },
    tell: (message: LiveMessage) => ears!.told(message),
    close: (reason: string, final = false) => ears!.closed!(reason, final),
    hold: () => (drain = []),
    release: async (read = true) => {
      isRead = read;
      const waiting = drain ?? [];
      drain = undefined;
      for (const one of waiting) one();
      await settle();
    },
    /** What was written since the last time. */
    written: () => frames.splice(0).join(""),
  };
}
