/** The form that starts bots, and how far they have come since. */
import "./spawn.css";
import { useSignal } from "@preact/signals";
import { strategyNames } from "../../proto/config.ts";
import { configTextMaxChars } from "../../proto/operations/spawning.ts";
import { goalMaxChars } from "../../proto/orders.ts";
import { Refusal } from "../../proto/refusal.ts";
import { attempt, manager, newDoing, type Doing } from "../asked.ts";
import { swarm } from "../live.ts";
import { botsCounted } from "./bulk-told.ts";
import { Dialog } from "./dialog.tsx";
import { Field } from "./spawn-field.tsx";
import {
  complaintsIn,
  firstFields,
  progressOf,
  requestOf,
  type Complaints,
  type SpawnField,
  type SpawnFields,
} from "./spawn-form.ts";

const ways = [
  ["fields", "these fields"],
  ["text", "YAML text"],
  ["file", "a file of the manager's, by name"],
] as const;

export function SpawnDialog({ close }: { readonly close: () => void }) {
  const fields = useSignal<SpawnFields>(firstFields);
  const complaints = useSignal<Complaints>({});
  const doing = useSignal<Doing>(newDoing().value);
  const started = useSignal<readonly string[] | undefined>(undefined);

  const spawn = async () => {
    const asked = requestOf(fields.value);
    complaints.value = asked.ok ? {} : asked.complaints;
    if (!asked.ok) return;
    const work = async () => {
      try {
        return await manager.spawnSwarm(asked.request);
      } catch (error) {
        if (error instanceof Refusal) complaints.value = complaintsIn(error);
        throw error;
      }
    };
    const answer = await attempt(doing, work, ({ count }) => `${botsCounted(count)} on their way`);
    if (answer) started.value = answer.bot_ids;
  };

  if (started.value)
    return (
      <Dialog title="Bots on their way" close={close}>
        <Progress ids={started.value} />
        <div class="window-ways">
          <button type="button" class="main" onClick={close}>
            Close
          </button>
          <button type="button" onClick={() => (started.value = undefined)}>
            Spawn more
          </button>
        </div>
      </Dialog>
    );

  const text = (name: SpawnField, label: string, more: Record<string, unknown> = {}) => (
    <Field
      label={label}
      complaint={complaints.value[name]}
      value={fields.value[name]}
      changed={(value) => (fields.value = { ...fields.value, [name]: value })}
      {...more}
    />
  );
  const hasComplaint = Object.keys(complaints.value).length > 0;
  return (
    <Dialog title="Spawn bots" close={close}>
      <form
        class="spawn"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void spawn();
        }}
      >
        <fieldset class="spawn-from">
          <legend>Configuration</legend>
          {ways.map(([from, told]) => (
            <label key={from}>
              <input
                type="radio"
                name="from"
                checked={fields.value.from === from}
                onChange={() => (fields.value = { ...fields.value, from })}
              />
              {told}
            </label>
          ))}
        </fieldset>
        {fields.value.from === "file" &&
          text("config_path", "File in config_dir", { placeholder: "bot.yaml" })}
        {fields.value.from === "text" &&
          text("config_text", "Configuration", {
            rows: 12,
            maxLength: configTextMaxChars,
            placeholder: "trading:\n  strategy: explore",
          })}
        {fields.value.from === "fields" && (
          <>
            {text("host", "Game host")}
            {text("port", "Port", { inputMode: "numeric" })}
            {text("game", "Game letter", { maxLength: 1 })}
            {text("strategy", "Strategy", { options: strategyNames })}
            {text("goal", "Goal", { maxLength: goalMaxChars })}
            {text("turns", "Turns, 0 for no limit", { inputMode: "numeric" })}
          </>
        )}
        {text("count", "How many", { inputMode: "numeric" })}
        {text("labels", "Labels", { placeholder: "team=red squad=2" })}
        {text("group_size", "At once", { inputMode: "numeric", placeholder: "all" })}
        {text("group_delay", "Seconds between groups", { inputMode: "decimal", placeholder: "0" })}
        <div class="window-ways">
          <button type="submit" class="main" disabled={doing.value.how === "pending"}>
            {doing.value.how === "pending" ? "Pending …" : "Spawn"}
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
          <p role="alert" class="bad">
            {complaints.value.form ??
              (doing.value.how === "refused" && !hasComplaint ? doing.value.told : "")}
          </p>
        </div>
      </form>
    </Dialog>
  );
}

function Progress({ ids }: { readonly ids: readonly string[] }) {
  const bots = swarm.value?.bots;
  const { asked, started, registered, playing, failed } = progressOf(ids, (id) => bots?.get(id));
  const steps = [
    ["spawned", started],
    ["registered", registered],
    ["playing", playing],
  ] as const;
  return (
    <div class="spawn-progress" role="status">
      {steps.map(([name, count]) => (
        <label key={name}>
          {name}
          <progress max={asked} value={count} />
          <span>
            {count} of {asked}
          </span>
        </label>
      ))}
      {failed > 0 && <p class="bad">{botsCounted(failed)} failed: the table tells why</p>}
      {playing === asked && <p class="good">All of them play</p>}
    </div>
  );
}
