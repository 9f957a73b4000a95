/** Orders to all that are selected, after a question, for it is easy to mean fewer; and what came of each. */
import "./bulk.css";
import { useSignal, type Signal } from "@preact/signals";
import { orderActions, type OrderAction } from "../../proto/operations/steering.ts";
import { goalMaxChars, goalsKnown } from "../../proto/orders.ts";
import { pathOfBot } from "../address.ts";
import { attempt, manager, newDoing, type Doing } from "../asked.ts";
import { swarm } from "../live.ts";
import { toast } from "../toasts.tsx";
import { clean } from "../words.ts";
import { actionWords, botsCounted, outcomesOf, told, type Outcome } from "./bulk-told.ts";
import { Dialog } from "./dialog.tsx";
import { nobody, stillThere, type Selected } from "./table-selection.ts";

export function BulkBar({ selected }: { readonly selected: Signal<Selected> }) {
  const asked = useSignal<OrderAction | undefined>(undefined);
  /** What came of the last order, and whether it is shown bot by bot. */
  const outcome = useSignal<Outcome | undefined>(undefined);
  const isShown = useSignal(false);
  const doing = useSignal<Doing>(newDoing().value);
  const bots = [...stillThere(selected.value, (id) => swarm.value?.bots.has(id) ?? false).ids];
  if (bots.length === 0 && !isShown.value && doing.value.how !== "pending") return null;

  const order = async (action: OrderAction, goal?: string) => {
    asked.value = undefined;
    outcome.value = undefined;
    const answer = await attempt(
      doing,
      () => manager.orderBots({ action, bots, ...(goal !== undefined && { goal }) }),
      told,
    );
    if (!answer) return;
    outcome.value = answer;
    isShown.value = answer.failed > 0;
    if (answer.failed === 0) toast("good", told(answer));
  };

  const isPending = doing.value.how === "pending";
  return (
    <div class="bulk" role="group" aria-label="Orders to the selected bots">
      <b>{bots.length} selected</b>
      {orderActions.map((action) => (
        <button
          key={action}
          type="button"
          class={actionWords[action].isGrave ? "grave" : ""}
          disabled={isPending || bots.length === 0}
          onClick={() => (asked.value = action)}
        >
          {actionWords[action].name}…
        </button>
      ))}
      <button type="button" onClick={() => (selected.value = nobody)}>
        Clear selection
      </button>
      <span role="status" class={doing.value.how === "refused" ? "bad" : "bulk-told"}>
        {isPending ? "Pending …" : "told" in doing.value ? doing.value.told : ""}
      </span>
      {outcome.value && (
        <button type="button" onClick={() => (isShown.value = true)}>
          Bot by bot
        </button>
      )}
      {asked.value && (
        <Question
          action={asked.value}
          count={bots.length}
          close={() => (asked.value = undefined)}
          order={order}
        />
      )}
      {outcome.value && isShown.value && (
        <BotByBot outcome={outcome.value} close={() => (isShown.value = false)} />
      )}
    </div>
  );
}

interface QuestionParts {
  readonly action: OrderAction;
  readonly count: number;
  readonly close: () => void;
  readonly order: (action: OrderAction, goal?: string) => Promise<void>;
}

function Question({ action, count, close, order }: QuestionParts) {
  const goal = useSignal("");
  const { name, follows, isGrave } = actionWords[action];
  const title = `${name}: ${botsCounted(count)}`;
  return (
    <Dialog title={title} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void order(action, action === "goal" ? goal.value.trim() : undefined);
        }}
      >
        <p>{follows}</p>
        {action === "goal" && (
          <label class="bulk-goal">
            Goal
            <input
              list="goals"
              data-first
              required
              maxLength={goalMaxChars}
              value={goal.value}
              onInput={({ currentTarget }) => (goal.value = currentTarget.value)}
            />
            <datalist id="goals">
              {goalsKnown.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </label>
        )}
        <div class="window-ways">
          <button
            type="submit"
            class={isGrave ? "grave" : "main"}
            data-first={action !== "goal" || undefined}
          >
            {title}
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function BotByBot({ outcome, close }: { readonly outcome: Outcome; readonly close: () => void }) {
  return (
    <Dialog title={told(outcome)} close={close}>
      <ul class="bulk-outcomes">
        {outcomesOf(outcome).map(({ what, how, bots }) => (
          <li key={what}>
            <p class={how}>
              {clean(what)}: {botsCounted(bots.length)}
            </p>
            <p>
              {bots.map((bot) => (
                <a key={bot} href={pathOfBot(bot)}>
                  {bot}
                </a>
              ))}
            </p>
          </li>
        ))}
      </ul>
      <div class="window-ways">
        <button type="button" class="main" onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
