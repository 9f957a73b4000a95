/** A line to send to the game, and macros: through the keys that are ours, or by the manager, who takes them for a moment. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { keysFrom } from "../../control/console/keys.ts";
import { attempt, manager, newDoing } from "../asked.ts";
import { clean } from "../words.ts";
import { macroNameMax, readMacros, withMacro, writeMacros, type Macro } from "./macros.ts";
import type { Seat } from "./seat.ts";

interface SendProps {
  readonly bot: string;
  readonly seat: Seat;
}

/** The game is looked at until it has been quiet for so long, in milliseconds. */
const quietMs = 500;

export function Send({ bot, seat }: SendProps) {
  const doing = useMemo(newDoing, [bot]);
  const keys = useSignal("");
  const enter = useSignal(true);
  const name = useSignal<string | undefined>(undefined);
  const macros = useSignal<readonly Macro[]>(readMacros(localStorage));

  const send = (line: Pick<Macro, "keys" | "enter">) =>
    attempt(
      doing,
      async () => {
        const typed = keysFrom(line.keys, line.enter);
        if (!seat.type(typed)) await manager.sendKeys({ bot_id: bot, keys: typed, quiet_ms: quietMs });
      },
      () => "Sent",
    );
  const keep = (next: readonly Macro[]) => {
    writeMacros(localStorage, next);
    macros.value = next;
  };
  const save = () =>
    attempt(
      doing,
      async () => {
        keep(withMacro(macros.value, { name: name.value!, keys: keys.value, enter: enter.value }));
        name.value = undefined;
      },
      () => "Kept as a macro in this browser",
    );

  const isPending = doing.value.how === "pending";
  return (
    <div class="send">
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          void (name.value === undefined ? send({ keys: keys.value, enter: enter.value }) : save());
        }}
      >
        <input
          class="line-to-send"
          aria-label="Keys to send"
          placeholder="Keys to send; \r is Enter"
          autocomplete="off"
          spellcheck={false}
          value={keys.value}
          onInput={(event) => (keys.value = event.currentTarget.value)}
        />
        <label>
          <input
            type="checkbox"
            checked={enter.value}
            onChange={(event) => (enter.value = event.currentTarget.checked)}
          />{" "}
          and Enter
        </label>
        {name.value === undefined ? (
          <>
            <button type="submit" disabled={isPending} aria-busy={isPending}>
              {isPending ? "Sending…" : "Send"}
            </button>
            <button type="button" onClick={() => (name.value = "")}>
              Keep as macro
            </button>
          </>
        ) : (
          <>
            <input
              aria-label="Name of the macro"
              placeholder="Name"
              maxLength={macroNameMax}
              value={name.value}
              onInput={(event) => (name.value = event.currentTarget.value)}
            />
            <button type="submit">Keep</button>
            <button type="button" onClick={() => (name.value = undefined)}>
              Do not keep
            </button>
          </>
        )}
      </form>
      {macros.value.length > 0 && (
        <ul class="macros" aria-label="Macros">
          {macros.value.map((macro) => (
            <li key={macro.name}>
              <button type="button" title={macro.keys} disabled={isPending} onClick={() => void send(macro)}>
                {macro.name}
              </button>
              <button
                type="button"
                aria-label={`Forget macro ${macro.name}`}
                onClick={() => keep(macros.value.filter((one) => one !== macro))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="outcome" role="status">
        {"told" in doing.value && (
          <span class={doing.value.how === "refused" ? "bad" : "good"}>{clean(doing.value.told)}</span>
        )}
      </p>
    </div>
  );
}
