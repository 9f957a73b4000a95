/** The models that advise bots, as a strip; nothing where no bot has one. */
import "./advisor.css";
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OperationOutput } from "../../proto/operations.ts";
import { Refusal } from "../../proto/refusal.ts";
import { manager } from "../asked.ts";
import { swarmNow } from "./figures-seen.ts";
import { advisorTold, playedTold } from "./advisor-told.ts";

/** The manager is asked this often, in milliseconds, while somebody looks. */
const askEveryMs = 5000;

export function AdvisorStrip() {
  const isThere = useComputed(() =>
    [...(swarmNow.value?.bots.values() ?? [])].some(({ advice }) => advice !== undefined),
  );
  return isThere.value ? <Strip /> : null;
}

function Strip() {
  const known = useSignal<OperationOutput<"advisor"> | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function look(): Promise<void> {
      try {
        if (!document.hidden) known.value = await manager.advisor({});
      } catch (error) {
        // That the manager is away is told at the top of the page.
        if (!(error instanceof Refusal)) throw error;
      }
      if (!isOver) timer = setTimeout(() => void look(), askEveryMs);
    }
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  if (!known.value) return null;
  const { advisors, bots } = known.value;
  return (
    <section class="advisor" aria-label="Advisor">
      {advisors.map((advisor, index) => {
        const { name, state, tone, figures } = advisorTold(advisor, Date.now());
        return (
          <p key={index}>
            <b>{name}</b> <span class={tone}>{state}</span> <small>{figures.join(" · ")}</small>
          </p>
        );
      })}
      <p>
        Bots with a model: <small>{playedTold(bots).join(" · ")}</small>
      </p>
    </section>
  );
}
