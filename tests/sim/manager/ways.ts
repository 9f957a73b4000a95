/** A worker's lines to its managers: the channel it was started with, and calls at the door. */
import type { Dial, Line } from "../../../src/io/link.ts";
import type { WorkerMessage } from "../../../src/proto/link.ts";
import type { ManagerMessage } from "../../../src/proto/orders.ts";
import type { Machine, Process } from "./machine.ts";
import { createPipe, type Ear, type End } from "./pipe.ts";
import type { Actor, Time } from "./time.ts";

/** The manager's side of a channel. */
export interface Starter {
  readonly actor: Actor;
  readonly ear: Ear<WorkerMessage>;
}

export interface Ways {
  readonly first: Dial;
  readonly again: Dial;
  /** The channel, for the manager to speak on. */
  readonly channel: End<ManagerMessage>;
  /** Breaks whatever line there is. */
  break(): void;
}

export interface WaysParts {
  readonly time: Time;
  readonly dice: () => number;
  readonly machine: Machine;
  readonly process: Process;
  readonly manager: Starter;
  /** Hears all that the manager says. */
  readonly spy: (message: ManagerMessage) => void;
}

const gone = "The manager is gone";

export function createWays({ time, dice, machine, process, manager, spy }: WaysParts): Ways {
  const { actor } = process;
  let breakLine = () => {};
  // The channel is there before the process does anything.
  const early: ManagerMessage[] = [];
  let isClosed = false;
  let ear: Ear<ManagerMessage> = { heard: (message) => void early.push(message), closed: () => {} };
  const channel = createPipe<WorkerMessage, ManagerMessage>(time, dice, manager, {
    actor,
    ear: {
      heard: (message) => ear.heard(message),
      closed() {
        isClosed = true;
        ear.closed();
      },
    },
  });
  process.ends.add(channel.b);

  const lineOf = (end: End<WorkerMessage>): Line => ({
    send: (message) => end.send(message),
    end: async () => end.close("gracefully"),
  });
  const earOf = (handler: Parameters<Dial>[0]): Ear<ManagerMessage> => ({
    heard(message) {
      spy(message);
      handler.heard(message);
    },
    closed: () => handler.closed(gone),
  });

  /** Rings at the door; whoever is there hears it when it comes to it. */
  function call(handler: Parameters<Dial>[0]): End<WorkerMessage> | undefined {
    const { door } = machine;
    if (!door) {
      handler.closed(gone);
      return undefined;
    }
    let theirs: Ear<WorkerMessage> | undefined;
    const behind = { heard: (said: WorkerMessage) => theirs?.heard(said), closed: () => theirs?.closed() };
    const pipe = createPipe<WorkerMessage, ManagerMessage>(
      time,
      dice,
      { actor: door.process.actor, ear: behind },
      { actor, ear: earOf(handler) },
    );
    door.process.actor.later(0, () => (theirs = door.connect(pipe.a)));
    door.process.ends.add(pipe.a);
    process.ends.add(pipe.b);
    breakLine = () => pipe.break();
    handler.opened(lineOf(pipe.b));
    return pipe.b;
  }

  return {
    channel: channel.a,
    break: () => breakLine(),
    first(handler) {
      breakLine = () => channel.break();
      ear = earOf(handler);
      handler.opened(lineOf(channel.b));
      for (const message of early) ear.heard(message);
      if (isClosed) actor.later(0, () => ear.closed());
      return () => channel.b.close("gracefully");
    },
    again(handler) {
      let end: End<WorkerMessage> | undefined;
      const callOff = actor.later(1 + dice() * 3, () => (end = call(handler)));
      return () => {
        callOff();
        end?.close("gracefully");
      };
    },
  };
}
