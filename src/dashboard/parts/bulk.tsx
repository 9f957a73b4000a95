/** Orders to all that are selected, after a question where it costs something; and what came of each. */
import "./bulk.css";
import { useSignal, type Signal } from "@preact/signals";
import { orderActions, type OrderAction } from "../../proto/operations/steering.ts";
import { goalMaxChars, goalsKnown } from "../../proto/orders.ts";
import { pathOfBot } from "../address.ts";
import { attempt, manager, newDoing, type Doing } from "../asked.ts";
import { swarm } from "../live.ts";
import { toast } from "../toasts.tsx";
import { clean } from "../words.ts";
import { actionWords, botsCounted, reasons, told, type Outcome } from "./bulk-told.ts";
import { Dialog } from "./dialog.tsx";
import { nobody, stillThere, type Selected } from "./table-selection.ts";

/** Goals that the game's player knows; words of one's own are taken as well. */

export function BulkBar({ selected }: { readonly selected: Signal<Selected> }) {
  const asked = useSignal<OrderAction | undefined>(undefined);
  const outcome = useSignal<Outcome | undefined>(undefined);
  const doing = useSignal<Doing>(newDoing().value);
  const bots = [...stillThere(selected.value, (id) => swarm.value?.bots.has(id) ?? false).ids];
  if (bots.length === 0 && !outcome.value && doing.value.how !== "pending") return null;

  const order = async (action: OrderAction, goal?: string) => {
    asked.value = undefined;
    const answer = await attempt(
      doing,
      () => manager.orderBots({ action, bots, ...(goal !== undefined && { goal }) }),
      told,
    );
    if (!answer) return;
    if (answer.failed > 0) outcome.value = answer;
    else toast("good", told(answer));
  };

  const isPending = doing.value.how === "pending";
  return (
    <div class="bulk" role="group" aria-label="Orders to the selected bots">
      <b>{bots.length} selected</b>
      {orderActions.map((action) => (
        <button
          key={action}
          type="button"
          class={actionWords[action].grave ? "grave" : ""}
          disabled={isPending || bots.length === 0}
          onClick={() => {
            if (action === "goal" || actionWords[action].grave) asked.value = action;
            else void order(action);
          }}
        >
          {actionWords[action].name}
          {action === "goal" || actionWords[action].grave ? "…" : ""}
        </button>
      ))}
      <button type="button" onClick={() => (selected.value = nobody)}>
        Clear selection
      </button>
      <span role="status" class={doing.value.how === "refused" ? "bad" : "bulk-told"}>
        {isPending ? "Pending …" : "told" in doing.value ? doing.value.told : ""}
      </span>
      {asked.value && (
        <Question
          action={asked.value}
          count={bots.length}
          close={() => (asked.value = undefined)}
          order={order}
        />
      )}
      {outcome.value && <Refused outcome={outcome.value} close={() => (outcome.value = undefined)} />}
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
  const { name, grave } = actionWords[action];
  const title = `${name}: ${botsCounted(count)}`;
  return (
    <Dialog title={title} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void order(action, action === "goal" ? goal.value.trim() : undefined);
        }}
      >
        {action === "goal" ? (
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
        ) : (
          <p>{grave}</p>
        )}
        <div class="window-ways">
          <button type="submit" class={grave ? "grave" : "main"} data-first={action !== "goal" || undefined}>
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

function Refused({ outcome, close }: { readonly outcome: Outcome; readonly close: () => void }) {
  return (
    <Dialog title={told(outcome)} close={close}>
      <ul class="bulk-refused">
        {reasons(outcome.results).map(({ why, bots }) => (
          <li key={why}>
            <p class="bad">{clean(why)}</p>
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
