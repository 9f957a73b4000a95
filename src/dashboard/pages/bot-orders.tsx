/** What a bot can be told from its page: each button says what came of it. */
import { useSignal, type Signal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import type { OrderReceipt } from "../../proto/operations/steering.ts";
import type { BotStatus } from "../../proto/status.ts";
import { goalMaxChars, goalsKnown } from "../../proto/orders.ts";
import { attempt, manager, newDoing, settings, type Doing } from "../asked.ts";
import { useShortcuts } from "../keys.tsx";
import { botOf } from "../live.ts";
import { Dialog } from "../parts/dialog.tsx";
import { clean } from "../words.ts";
import { hasEnded } from "./bot-words.ts";

const received = ({ order }: OrderReceipt): string =>
  order === "delivered" ? "the bot has it" : "kept until the bot can take it";

type Verb = "pause" | "resume" | "step" | "restart" | "goal" | "kill";

/** What each order asks of the manager, and what its outcome is called. */
function tellBot(id: string, verb: Verb, goal: string): Promise<string> {
  const bot = { bot_id: id };
  switch (verb) {
    case "pause":
      return manager.pauseBot(bot).then((receipt) => `Pause: ${received(receipt)}`);
    case "resume":
      return manager.resumeBot(bot).then((receipt) => `Resume: ${received(receipt)}`);
    case "step":
      return manager.stepBot(bot).then((receipt) => `One step: ${received(receipt)}`);
    case "goal":
      return manager.setGoal({ ...bot, goal }).then((receipt) => `Goal "${goal}": ${received(receipt)}`);
    case "restart":
      return manager.restartBot(bot).then(() => "It is started anew");
    case "kill":
      return manager.killBot(bot).then(() => "It logs off and ends");
  }
}

/** The buttons of one bot. */
export function Orders({ bot }: { readonly bot: BotStatus }) {
  const id = bot.bot_id;
  const doing = useMemo(newDoing, [id]);
  const pending = useSignal<Verb | undefined>(undefined);
  const asksKill = useSignal(false);
  const goalField = useRef<HTMLInputElement>(null);

  const order = async (verb: Verb, goal = "") => {
    if (settings.value.read_only || doing.value.how === "pending") return;
    pending.value = verb;
    const told = await attempt(
      doing,
      () => tellBot(id, verb, goal),
      (words) => words,
    );
    if (verb === "goal" && told !== undefined && goalField.current) goalField.current.value = "";
  };
  useShortcuts("Bot", [
    {
      key: "p",
      told: "pause it, or let it go on",
      work: () => void order(isHeld(botOf(id)) ? "resume" : "pause"),
    },
    { key: "s", told: "one step", work: () => void order("step") },
    { key: "g", told: "set its goal", work: () => goalField.current?.focus() },
  ]);

  if (settings.value.read_only) return null;
  const over = hasEnded(bot);
  const button = (verb: Verb, words: string, able: boolean, work: () => void = () => void order(verb)) => (
    <OrderButton {...{ verb, words, able, work, doing, pending }} />
  );
  return (
    <div class="orders">
      <div class="bar" role="group" aria-label="Orders">
        {isHeld(bot) ? button("resume", "Resume", !over) : button("pause", "Pause", !over)}
        {button("step", "Step", !over)}
        {button("restart", over ? "Start again" : "Restart", true)}
        <form
          class="goal"
          onSubmit={(event) => {
            event.preventDefault();
            void order("goal", goalField.current!.value);
          }}
        >
          <input
            ref={goalField}
            aria-label="Goal"
            placeholder={clean(bot.goal) || "Goal"}
            list="goals"
            maxLength={goalMaxChars}
            required
            disabled={over}
          />
          <datalist id="goals">
            {goalsKnown.map((goal) => (
              <option key={goal} value={goal} />
            ))}
          </datalist>
          {button("goal", "Set goal", !over)}
        </form>
        {button("kill", "Kill…", !over, () => (asksKill.value = true))}
      </div>
      {asksKill.value && (
        <KillAsked
          id={id}
          answer={(yes) => {
            asksKill.value = false;
            if (yes) void order("kill");
          }}
        />
      )}
      <p class="outcome" role="status">
        {"told" in doing.value && (
          <span class={doing.value.how === "refused" ? "bad" : "good"}>{clean(doing.value.told)}</span>
        )}
      </p>
    </div>
  );
}

const isHeld = (bot: BotStatus | undefined): boolean => bot?.state === "PAUSED";

interface OrderButtonProps {
  readonly verb: Verb;
  readonly words: string;
  readonly able: boolean;
  readonly work: () => void;
  readonly doing: Signal<Doing>;
  readonly pending: Signal<Verb | undefined>;
}

function OrderButton({ verb, words, able, work, doing, pending }: OrderButtonProps) {
  const isBusy = doing.value.how === "pending";
  const isOurs = isBusy && pending.value === verb;
  return (
    <button
      type={verb === "goal" ? "submit" : "button"}
      class={verb === "kill" ? "bad" : ""}
      disabled={!able || isBusy}
      aria-busy={isOurs}
      {...(verb === "goal" ? {} : { onClick: work })}
    >
      {isOurs ? `${words.replace("…", "")}…` : words}
    </button>
  );
}

interface KillAskedProps {
  readonly id: string;
  readonly answer: (yes: boolean) => void;
}

function KillAsked({ id, answer }: KillAskedProps) {
  return (
    <Dialog title={`Kill ${id}?`} close={() => answer(false)}>
      <p>It logs off and its process ends, for good.</p>
      <div class="bot-kill">
        <button type="button" class="bad" onClick={() => answer(true)}>
          Kill {id}
        </button>
        <button type="button" data-first onClick={() => answer(false)}>
          Keep it
        </button>
      </div>
    </Dialog>
  );
}
