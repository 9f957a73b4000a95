/** Asking again whenever a bot has said something, no more often than at a pace, and never while nobody looks. */
import { computed, effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { botOf } from "../live.ts";

/** Works now, and after each word of the bot. `paceMs` is the least time between two beginnings; one is never begun before the last has ended. */
export function useFollowing(bot: string, paceMs: number, work: () => Promise<unknown>): void {
  useEffect(() => {
    const lastWord = computed(() => `${botOf(bot)?.last_update} ${botOf(bot)?.state}`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let isBusy = false;
    let isDue = false;
    let begunAt = -Infinity;

    function due(): void {
      isDue = true;
      if (isBusy || isOver || document.hidden) return;
      timer ??= setTimeout(run, Math.max(0, begunAt + paceMs - performance.now()));
    }
    function run(): void {
      timer = undefined;
      isDue = false;
      isBusy = true;
      begunAt = performance.now();
      void work().finally(() => {
        isBusy = false;
        if (isDue) due();
      });
    }
    const seen = () => {
      if (isDue) due();
    };

    const stop = effect(() => {
      void lastWord.value;
      due();
    });
    document.addEventListener("visibilitychange", seen);
    return () => {
      isOver = true;
      stop();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [bot]);
}
