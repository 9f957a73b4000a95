/** Lays a universe out on the plane, beside the page, so that the page does not stand still. */
import type { Net, Spots } from "./map/ground.ts";
import { settle } from "./map/layout.ts";

/** What the page asks: a universe, and where its sectors lay. The last asked is the one that counts. */
export interface LayoutAsked {
  readonly id: number;
  readonly net: Net;
  readonly known: ReadonlyMap<number, readonly [x: number, y: number]>;
}

/** What it is told, again and again until it is settled. */
export interface LayoutTold {
  readonly id: number;
  readonly spots: Spots;
  readonly isSettled: boolean;
}

/** Rounds between two looks at what the page wants. */
const roundsAtOnce = 4;
/** Shortest time between two tellings, in milliseconds. */
const tellMs = 200;

let timer: ReturnType<typeof setTimeout> | undefined;

addEventListener("message", ({ data }: MessageEvent<LayoutAsked>) => {
  clearTimeout(timer);
  const go = settle(data.net, data.known);
  let toldAt = 0;
  const on = (rounds: number) => {
    const { spots, isSettled } = go(rounds);
    if (isSettled || performance.now() > toldAt + tellMs) {
      postMessage({ id: data.id, spots, isSettled } satisfies LayoutTold);
      toldAt = performance.now();
    }
    if (!isSettled) timer = setTimeout(on, 0, roundsAtOnce);
  };
  on(0);
});
