/** The verbs that bring bots into being: spawn, spawn-swarm, scale and respawn. */
import { Option, type Command } from "commander";
import type { OperationOutput } from "../../proto/operations.ts";
import { batchMax } from "../../proto/operation.ts";
import { printable } from "../../proto/printable.ts";
import { Refusal } from "../../proto/refusal.ts";
import { collect, labelAssignment, numberFrom, perSecond, seconds } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import type { LeaveFlags } from "./meant.ts";
import { checked, managerVerb, reach, type Common, type Reached } from "./verb.ts";
import { checkedWish, timeoutOption } from "./wait-verb.ts";

type Done = (status: number) => void;
interface LabelFlags {
  readonly label?: Readonly<Record<string, string>>;
}
type SpawnFlags = Common & LabelFlags & SourceFlags & KeyFlags;

/** Where a bot's configuration comes from: a file of ours, or one that the manager has. */
interface SourceFlags {
  readonly configPath?: string;
}
interface KeyFlags {
  readonly key?: string;
}

const pathOption = () =>
  new Option("--config-path <name>", "a file of the manager's own config_dir, by its name, in place of ours");
const keyOption = () =>
  new Option("--key <key>", "asking again with the same key starts nothing again, for a day");
const keyed = ({ key }: KeyFlags) => (key === undefined ? {} : { idempotency_key: key });

const labelOption = () =>
  new Option("--label <key=value>", "a label for it, beside those of its file; may be given again").argParser(
    labelAssignment,
  );

export function addSpawnVerbs(program: Command, doors: Doors, done: Done): void {
  addSpawn(program, doors);
  addSpawnSwarm(program, doors, done);
  addScale(program, doors);
  addRespawn(program, doors);
}

function addSpawn(program: Command, doors: Doors): void {
  managerVerb(program, "spawn [config]", "start one bot", [
    "bbsbot spawn examples/bot.yaml --bot-id scout",
    "bbsbot spawn examples/bot.yaml --label team=red",
    "bbsbot spawn --config-path fleet/scout --key morning-scout",
  ])
    .option("--bot-id <id>", "its name; the next free bot_NNN otherwise")
    .addOption(pathOption())
    .addOption(labelOption())
    .addOption(keyOption())
    .action(async (file: string | undefined, flags: SpawnFlags & { botId?: string }) => {
      const input = await checked("spawnBot", {
        ...(await configOf(doors, file, flags)),
        ...keyed(flags),
        ...(flags.botId !== undefined && { bot_id: flags.botId }),
        ...(flags.label && { labels: flags.label }),
      });
      const { swarm, print, paint } = await reach(doors, flags);
      const reply = await swarm.spawnBot(input);
      print(reply, () => `${reply.bot_id} ${paint.state(reply.state, reply.state)}\n`);
    });
}

async function configOf(doors: Doors, file: string | undefined, { configPath }: SourceFlags) {
  if (file !== undefined && configPath !== undefined)
    throw new Refusal("bad_input", "Give either a file or --config-path, not both");
  if (configPath !== undefined) return { config_path: configPath };
  if (file === undefined) return {};
  return { config: await doors.readBotConfig(file), config_name: file.slice(-nameMaxChars) };
}
/** The end of a path says more than its beginning. */
const nameMaxChars = 200;

type SwarmFlags = Common &
  LabelFlags &
  KeyFlags & {
    readonly configPath?: string[];
    readonly count?: number;
    readonly config?: string[];
    readonly ramp?: { readonly size: number; readonly delay: number };
    readonly groupSize?: number;
    readonly groupDelay?: number;
    /** A word to wait for; true for --wait alone, false for --no-wait. */
    readonly wait?: string | boolean;
    readonly timeout: number;
  };

function addSpawnSwarm(program: Command, doors: Doors, done: Done): void {
  managerVerb(program, "spawn-swarm", "start many bots at once: all of them, or none", [
    "bbsbot spawn-swarm --count 111",
    "bbsbot spawn-swarm --count 20 --config examples/bot.yaml --label team=red",
    "bbsbot spawn-swarm --config 'bots/*.yaml' --ramp 5 --wait",
    "bbsbot spawn-swarm --count 50 --wait=healthy --timeout 2m --json",
  ])
    .addOption(new Option("-n, --count <n>", "bots").argParser(numberFrom(1, batchMax)))
    .addOption(
      new Option(
        "--config <files>",
        "bot.yaml, a folder of such, or a pattern; several are taken in turn; may be given again",
      ).argParser(collect),
    )
    .addOption(pathOption().argParser(collect))
    .addOption(labelOption())
    .addOption(keyOption())
    .addOption(new Option("--ramp <n>", "start so many a second").argParser(perSecond))
    .addOption(
      new Option("--group-size <n>", "start so many, then wait")
        .argParser(numberFrom(1, batchMax))
        .conflicts("ramp"),
    )
    .addOption(
      new Option("--group-delay <time>", "wait so long between groups").argParser(seconds).conflicts("ramp"),
    )
    .option("--wait [state]", "look on until they are running, healthy, ended or in a state")
    .option("--no-wait", "do not look on, as is done on a terminal otherwise")
    .addOption(timeoutOption())
    .addHelpText(
      "after",
      "\nOn a terminal their progress is shown until all are running; Ctrl-C ends the looking on, not the bots.",
    )
    .action((flags: SwarmFlags) => spawnSwarm(doors, done, flags));
}

async function spawnSwarm(doors: Doors, done: Done, flags: SwarmFlags): Promise<void> {
  const wait = flags.wait ?? (doors.console.errIsTty && !flags.json);
  const wish = wait === false ? undefined : checkedWish(wait === true ? "running" : wait);
  const files = await doors.configFiles(flags.config ?? []);
  if (flags.count === undefined && files.length === 0 && !flags.configPath)
    throw new Refusal("bad_input", "Nothing to spawn: give --count, --config or both");
  const configs = await Promise.all(files.map((file) => doors.readBotConfig(file)));
  const size = flags.ramp?.size ?? flags.groupSize;
  const delay = flags.ramp?.delay ?? flags.groupDelay;
  const input = await checked("spawnSwarm", {
    ...(configs.length > 0 && {
      configs,
      config_name: (flags.config ?? []).join(",").slice(0, nameMaxChars),
    }),
    ...(flags.configPath && { config_paths: flags.configPath }),
    ...(flags.count !== undefined && { count: flags.count }),
    ...keyed(flags),
    ...(flags.label && { labels: flags.label }),
    ...(size !== undefined && { group_size: size }),
    ...(delay !== undefined && { group_delay: delay }),
  });
  const reached = await reach(doors, flags);
  const reply = await reached.swarm.spawnSwarm(input);
  const { botsOf } = await import("./views.ts");
  const told = () => `${botsOf(reply.count)}: ${fromTo(reply.bot_ids)}\n`;
  if (wish === undefined) return reached.print(reply, told);
  if (!flags.json) doors.console.out(told());
  await lookOn(doors, done, reached, reply, flags, wish);
}

async function lookOn(
  doors: Doors,
  done: Done,
  reached: Reached,
  reply: OperationOutput<"spawnSwarm">,
  { timeout, json }: SwarmFlags,
  wish: ReturnType<typeof checkedWish>,
): Promise<void> {
  const { follow, followedValue, tellFollowed } = await import("./following.ts");
  const following = { wish, timeout, pick: () => reply.bot_ids };
  const followed = await follow(doors, reached, following);
  if (json) reached.print({ ...reply, wait: followedValue(following, followed) }, () => "");
  done(tellFollowed(doors, following, followed));
}

const fromTo = (ids: readonly string[]) => (ids.length > 1 ? `${ids[0]} to ${ids.at(-1)}` : (ids[0] ?? ""));

function addScale(program: Command, doors: Doors): void {
  managerVerb(program, "scale", "have so many bots alive: starts what is missing, or kills the youngest", [
    "bbsbot scale 50 --config examples/bot.yaml",
    "bbsbot scale 10 --dry-run",
  ])
    .argument("<count>", "bots that are to be alive", numberFrom(0, batchMax))
    .option("--config <file>", "bot.yaml for those that are started")
    .addOption(pathOption())
    .addOption(labelOption())
    .addOption(keyOption())
    .option("--dry-run", "only tell how many would be started or killed")
    .option("-y, --yes", "do not ask before bots are killed")
    .action(async (count: number, flags: SpawnFlags & LeaveFlags & { config?: string }) => {
      const input = await checked("scaleSwarm", {
        count,
        ...(await configOf(doors, flags.config, flags)),
        ...keyed(flags),
        ...(flags.label && { labels: flags.label }),
      });
      const { swarm, print } = await reach(doors, flags);
      const [{ hasLeave }, { isOver }, { botsOf }] = await Promise.all([
        import("./meant.ts"),
        import("./wishes.ts"),
        import("./views.ts"),
      ]);
      const aliveNow = async () => (await swarm.swarmStatus({})).bots.filter((bot) => !isOver(bot)).length;
      if (flags.dryRun) {
        const alive = await aliveNow();
        const would = { count: alive, start: Math.max(0, count - alive), kill: Math.max(0, alive - count) };
        return print(
          would,
          () => `${botsOf(alive)}: ${would.start} would be started, ${would.kill} killed\n`,
        );
      }
      const alive = flags.yes ? 0 : await aliveNow();
      if (alive > count && !(await hasLeave(doors, flags, `Kill ${botsOf(alive - count)} of ${alive}`)))
        return;
      const reply = await swarm.scaleSwarm(input);
      print(
        reply,
        () => `${botsOf(reply.count)}: ${reply.started.length} started, ${reply.killed.length} killed\n`,
      );
    });
}

function addRespawn(program: Command, doors: Doors): void {
  managerVerb(program, "respawn", "start a bot anew with another configuration, as the same bot", [
    "bbsbot respawn bot_042 examples/bot.yaml",
    "bbsbot respawn bot_042 --config-path fleet/scout",
  ])
    .argument("<bot>", "its id")
    .argument("[config]", "bot.yaml")
    .addOption(pathOption())
    .addOption(labelOption())
    .action(async (bot: string, file: string | undefined, flags: Common & LabelFlags & SourceFlags) => {
      if (file === undefined && flags.configPath === undefined)
        throw new Refusal("bad_input", "With which configuration? Give a file, or --config-path");
      const input = await checked("respawnBot", {
        bot_id: bot,
        ...(await configOf(doors, file, flags)),
        ...(flags.label && { labels: flags.label }),
      });
      const { swarm, print } = await reach(doors, flags);
      const reply = await swarm.respawnBot(input);
      const source = printable(flags.configPath ?? file ?? "");
      print(reply, () => `${reply.bot_id} begins again with ${source}\n`);
    });
}
