/** The swarm at a pace that people can read, and what the page remembers of it. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { swarm } from "../live.ts";
import { look, noPast, type Past } from "./figures-past.ts";

/** Figures change no more often than this, in milliseconds. */
const paceMs = 1000;

/** The last value of another signal, taken on at most once in a while; what comes between is not lost, but late. */
export function calm<T>(source: ReadonlySignal<T>, everyMs: number): ReadonlySignal<T> {
  const calmed = signal(source.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  const take = () => {
    timer = undefined;
    last = performance.now();
    calmed.value = source.peek();
  };
  effect(() => {
    void source.value;
    timer ??= setTimeout(take, Math.max(0, last + everyMs - performance.now()));
  });
  return calmed;
}

/** The swarm as known, once a second. */
export const swarmNow = calm(swarm, paceMs);

/** What the page has seen so far. */
export const past = signal<Past>(noPast);
effect(() => {
  const now = swarmNow.value;
  if (now) past.value = look(past.peek(), now, Date.now());
});
