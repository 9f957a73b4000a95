/** A way between two actors: what is sent comes in order and late, and when it breaks some of what was under way is lost. */
import type { Actor, Time } from "./time.ts";

/** One side of it. Nothing of these throws. */
export interface End<Out> {
  send(message: Out): void;
  /** `gracefully`: what was sent before still arrives; else as much of it as chance wants. */
  close(gracefully?: "gracefully"): void;
}

export interface Ear<In> {
  heard(message: In): void;
  /** Once: whoever closed or broke it. */
  closed(): void;
}

interface Way<M> {
  readonly to: Actor;
  readonly ear: Ear<M>;
  /** How many were sent, and how many of them arrive. */
  sent: number;
  arrive: number;
  got: number;
  /** Nothing overtakes. */
  lastAt: number;
  /** Its ear hears nothing more. */
  deaf: boolean;
}

export interface Pipe<A, B> {
  readonly a: End<B>;
  readonly b: End<A>;
  /** As a failing network does: both sides hear of it. */
  break(): void;
}

const delayMaxMs = 4;

/** `a` hears A's and sends B's. */
export function createPipe<A, B>(
  time: Time,
  dice: () => number,
  a: { readonly actor: Actor; readonly ear: Ear<A> },
  b: { readonly actor: Actor; readonly ear: Ear<B> },
): Pipe<A, B> {
  const toA: Way<A> = { to: a.actor, ear: a.ear, sent: 0, arrive: Infinity, got: 0, lastAt: 0, deaf: false };
  const toB: Way<B> = { to: b.actor, ear: b.ear, sent: 0, arrive: Infinity, got: 0, lastAt: 0, deaf: false };
  let broken = false;

  const arrival = (way: Way<never>) => {
    way.lastAt = Math.max(way.lastAt, time.now() + dice() * delayMaxMs);
    return way.lastAt;
  };

  function send<M>(way: Way<M>, message: M): void {
    if (broken) return;
    const number = way.sent++;
    // As a value, so that nobody changes what is under way.
    const copy = JSON.stringify(message);
    time.at(arrival(way as Way<never>), way.to, () => {
      if (way.deaf || number >= way.arrive) return;
      way.got++;
      way.ear.heard(JSON.parse(copy) as M);
    });
  }

  function cut<M>(way: Way<M>, at: number): void {
    way.arrive = Math.min(way.arrive, at);
    time.at(arrival(way as Way<never>), way.to, () => {
      if (way.deaf) return;
      way.deaf = true;
      way.ear.closed();
    });
  }

  const some = (way: Way<never>) => way.got + Math.floor(dice() * (way.sent - way.got + 1));

  function end<In, Out>(own: Way<In>, other: Way<Out>): End<Out> {
    return {
      send: (message) => send(other, message),
      close(gracefully) {
        if (broken) return;
        broken = true;
        cut(other, gracefully ? Infinity : some(other as Way<never>));
        cut(own, own.got);
      },
    };
  }

  return {
    a: end(toA, toB),
    b: end(toB, toA),
    break() {
      if (broken) return;
      broken = true;
      cut(toA, some(toA as Way<never>));
      cut(toB, some(toB as Way<never>));
    },
  };
}
