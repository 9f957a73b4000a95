/** Tools that bring bots into being. */
import { z } from "zod";
import { BotConfig } from "../../../proto/config.ts";
import { operations } from "../../../proto/operations.ts";
import { ConfigPath } from "../../../proto/operations/spawning.ts";
import { agreed, done, type ToolRow } from "../tool.ts";
import { Refusal } from "../../../proto/refusal.ts";
import { unquoted } from "./friendly.ts";
import { aliveIn } from "./overview.ts";
import { Rise, watchRise } from "./rise.ts";
import { confirmArg, confirmLine, deedOn, idsMax } from "./steering.ts";

const { connection, character, trading, session } = BotConfig.shape;
const some = <S extends z.ZodObject>(section: S) => section.loose().optional();
/** What people say of a bot in a talk; what else a configuration can have is taken as well. */
const Settings = z.looseObject({
  connection: some(connection.unwrap().pick({ host: true, port: true, game_letter: true })),
  character: some(character.unwrap().pick({ name: true })),
  trading: some(trading.unwrap().pick({ strategy: true, goal: true, haggle: true, reserve_credits: true })),
  session: some(session.unwrap().pick({ max_turns_per_session: true })),
});
const Config = z.union([Settings, ConfigPath]);
/** The same where it has been shown before. */
const OneOfThem = z.union([z.looseObject({}), ConfigPath]);

const args = {
  labels: 'To find these bots again by, such as {"team": "red"}',
  idempotency_key: "Any text: a second call with the same one starts nothing more",
};
const config =
  'What the bot is to be: {} for a standard one, {"trading": {"strategy": "opportunistic", "goal": "profit"}}, or the name of a configuration on the manager, such as "fleet/scout.yaml". Every key of bot.yaml is taken, and what does not fit is told';

/** `config` may be a name. */
function named({ config: given, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const config = unquoted(given);
  if (typeof config === "string") return { ...rest, config_path: config };
  return { ...rest, ...(config !== undefined && { config }) };
}

/** `configs` may be names, and a single one need not stand in a list. */
function allNamed({ configs: given, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const whole = unquoted(given);
  if (whole === undefined) return rest;
  const configs = (Array.isArray(whole) ? whole : [whole]).map(unquoted);
  const names = configs.filter((one) => typeof one === "string").length;
  if (names === 0) return { ...rest, configs };
  if (names === configs.length) return { ...rest, config_paths: configs };
  throw new Refusal(
    "bad_input",
    "Give configs either all as objects or all as names, in two calls if need be",
  );
}

/** A model writes objects, which are told what is wrong with them just as well. */
const unused = { config_name: true, config_text: true } as const;
const one = operations.spawnBot.input.omit(unused);
const spawnBot: ToolRow<typeof one> = {
  description:
    "Starts one bot. It answers at once with the bot's id, before the bot has logged in; tw2002_get_bot_status shows how it gets on. For several use tw2002_spawn_swarm.",
  args: { ...args, config, bot_id: "An id of your own for it: a-z, 0-9, _ and -; made when absent" },
  input: one,
  shown: one.omit({ config_path: true }).extend({ config: Config.optional() }),
  friendly: named,
  output: operations.spawnBot.output,
  wild: [],
  lists: {},
  run: async (input, { swarm }) => done(await swarm.spawnBot(input)),
};

const many = operations.spawnSwarm.input.omit(unused).extend({ wait: z.boolean().optional() });
const spawnSwarm: ToolRow<typeof many> = {
  description:
    'Starts many bots, all of them or none. "Spawn 50 opportunistic bots" is one call: {"count": 50, "configs": [{"trading": {"strategy": "opportunistic"}}]}. Bots take the configurations in turn. They log in one after the other: estimated_time_seconds says how long that takes, rise how far they were when this was answered. Afterwards tw2002_get_swarm_status shows how they do.',
  args: {
    ...args,
    count: "How many bots; one for each configuration without it",
    configs: "One or more, all as objects or all as names, each as config of tw2002_spawn_bot",
    group_size:
      "Starts so many at once, and after group_delay as many more; all as fast as they can log in without it",
    group_delay: "Seconds between two groups",
    wait: "true: answer only when all play or have ended, 45 s at most. false: answer at once. Without it: 10 s at most when the client shows progress, else at once",
  },
  input: many,
  shown: many.omit({ config_paths: true }).extend({ configs: z.array(OneOfThem).min(1).optional() }),
  friendly: allNamed,
  output: operations.spawnSwarm.output.extend({ rise: Rise.optional() }),
  wild: [],
  lists: { bot_ids: idsMax },
  more: "tw2002_list_bots shows them all",
  async run({ wait, ...input }, call) {
    const receipt = await call.swarm.spawnSwarm(input);
    const rise = await watchRise(receipt.bot_ids, wait, call);
    return done({ ...receipt, ...(rise && { rise }) });
  },
};

const scale = operations.scaleSwarm.input
  // Scaling again to the same count does nothing anyway.
  .omit({ ...unused, idempotency_key: true })
  .extend({ confirm: confirmArg });
const scaleSwarm: ToolRow<typeof scale> = {
  description:
    "Makes the swarm have so many bots alive: starts what is missing, or ends the youngest. Ending more than one asks the user first. Bots that have ended do not count.",
  args: {
    labels: args.labels,
    count: "Bots to be alive",
    config: "For those that are started, as config of tw2002_spawn_bot",
    confirm: confirmLine,
  },
  input: scale,
  shown: scale.omit({ config_path: true }).extend({ config: OneOfThem.optional() }),
  friendly: named,
  output: operations.scaleSwarm.output,
  wild: [],
  lists: { killed: idsMax, started: idsMax },
  async run({ confirm, ...input }, call) {
    const over = aliveIn(await call.swarm.swarmTotals({})) - input.count;
    const question = over > 1 ? deedOn("kill the youngest", over) : undefined;
    return agreed(question, confirm, call, async () => done(await call.swarm.scaleSwarm(input)));
  },
};

export const spawning = { spawnBot, spawnSwarm, scaleSwarm };
