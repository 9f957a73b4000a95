/** `bbsbot worker`: one bot.yaml, one connection, one life. Performs what the life decides, and tells a manager if there is one. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { type Berth, ownBerth } from "./berth.ts";
import { games } from "./games/registry.ts";
import { createDice, ensureFolder, identityOf } from "./io/identity.ts";
import { unixLine } from "./io/line-unix.ts";
import { createLink, type Dial, type Link, type LinkHandler } from "./io/link.ts";
import { createOutboxFile } from "./io/outbox-file.ts";
import type { RecorderOptions } from "./io/recording.ts";
import { createUnknown } from "./io/unknown.ts";
import type { Log } from "./log.ts";
import { createPlay, type Ending, type Finish, type Play } from "./play.ts";
import { paceFor } from "./player/pace.ts";
import { type BotConfig, namedTrader } from "./proto/config.ts";
import { BotId } from "./proto/ids.ts";
import { type Lore, placeOf, readLore } from "./proto/lore.ts";
import { linkVersion, type ManagerMessage } from "./proto/orders.ts";
import { Refusal, refusalCodes } from "./proto/refusal.ts";
import { createSession } from "./proto/session.ts";

export interface WorkerOptions {
  readonly config: BotConfig;
  /** How people know the configuration: its file. */
  readonly configName: string;
  /** Where a key stands in it. */
  place(path: readonly string[]): string;
  readonly botId: string | undefined;
  /** Register there; without it the bot plays for itself, unless a manager spawned it. */
  readonly managerUrl: string | undefined;
  /** Proves there that it may. */
  readonly managerToken?: string | undefined;
  /** Where the bot keeps who it is. */
  readonly folder: string;
  /** A file for what crosses the wire. */
  readonly record?: string | undefined;
  readonly log: Log;
  /** Where it lives, unless it has a process of its own. */
  readonly berth?: Berth;
  /** Called each time the bot has come into the game. */
  readonly settled?: () => void;
  readonly ended?: (ending: Ending) => void;
}

/** Plays until the life is over; answers with the exit status. `ended` hears how it went. Throws Refusal before play begins, and for a game that is never reached. */
export async function runWorker(options: WorkerOptions): Promise<number> {
  const { config, log, berth = ownBerth(options.log) } = options;
  if (options.botId !== undefined && !BotId.safeParse(options.botId).success) {
    throw new Refusal(
      "bad_input",
      `--bot-id is "${options.botId}": ${BotId.safeParse(options.botId).error?.issues[0]?.message}`,
    );
  }
  let play: Play | undefined;
  berth.leaves(options.folder, () => play?.past() ?? "");
  let lostManager = false;
  let askedStatus = () => 0;
  // Before anyone is told of us: what cannot be kept must not be begun.
  ensureFolder(options.folder);
  const recorder = options.record === undefined ? undefined : await openRecorder(options.record, log);
  const early: ManagerMessage[] = [];
  const handler: LinkHandler = {
    message: (message) => berth.enter(() => (play ? play.told(message) : early.push(message))),
    broke: () => berth.enter(() => play?.unlinked()),
    lost(reason) {
      log("manager lost", { reason });
      lostManager = true;
      berth.enter(() => play?.leave(reason));
    },
  };
  const link = await openLink(options, berth.line, handler);
  // Whoever plays is known to its manager for good: no other is ever started beside it.
  const welcome = await link?.welcomed;
  const botId = link?.botId ?? options.botId ?? "bot";
  const identity = identityOf(config, botId, options.folder, options.place);
  const seed = config.session.seed;
  const own = link ? undefined : await ownAdviceFor(options, botId);
  const life = games.tw2002({
    self: {
      name: identity.name,
      password: identity.password,
      gameLetter: config.connection.game_letter,
      gamePassword: config.connection.game_password ?? undefined,
      shipName: identity.ship_name,
      planetName: identity.planet_name,
      turnsMax: config.session.max_turns_per_session,
      waitForTurns: config.session.wait_for_turns,
      reserveCredits: config.trading.reserve_credits,
      ...(config.banking.enabled && {
        banking: { above: config.banking.deposit_threshold, keep: config.banking.keep_on_hand },
      }),
      haggle: config.trading.haggle,
      maxHops: config.trading.max_hop_distance,
    },
    strategy: config.trading.strategy,
    ai: config.trading.ai_strategy,
    recorded: own && "recorded" in own ? own.recorded : undefined,
    goal: config.trading.goal,
    dice: seed === null || seed === undefined ? Math.random : createDice(seed, botId),
    answerTimeoutMs: config.connection.answer_timeout * 1000,
    pace: paceFor(config),
    reconnectsMax: config.session.max_reconnects,
    carried: welcome?.carried,
  });
  log("playing as", { trader: identity.name, bot: botId });
  const place = placeOf(config.connection.host, config.connection.port, config.connection.game_letter);
  const lore = link ? undefined : await ownLore(options.folder, place, log);
  link?.say({ type: "shares", place });
  const { code, complaint } = await new Promise<Finish>((finish) => {
    const { settled, ended } = options;
    play = createPlay({
      config,
      botId,
      life,
      link,
      berth,
      maxCpu: welcome?.max_cpu,
      random: Math.random,
      log,
      settled,
      ended,
      keep: lore?.keep,
      advisor: own && "advisor" in own ? own.advisor : undefined,
      recorder,
      unknown: createUnknown(join(options.folder, "unknown"), () => new Date()),
      finish,
    });
    const { step, told, leave } = play;
    askedStatus = berth.plays(play);
    berth.enter(() => {
      if (lore) step({ type: "told", lore: lore.lore });
      for (const message of early) told(message);
      step({ type: "started" });
      if (lostManager) leave("the manager was lost");
    });
  });
  await link?.close();
  lore?.close();
  if (complaint !== undefined) throw new Refusal("game_unreachable", complaint);
  if (code !== 0) return code;
  return lostManager ? refusalCodes.manager_unreachable.exit : askedStatus();
}

/** Begins the recording that was asked for. */
async function openRecorder(file: string, log: Log) {
  const { createRecorder } = await import("./io/recording.ts");
  const options: RecorderOptions = {
    now: () => performance.now(),
    source: "bbsbot worker --record",
    stopped: (reason) => log("warning", { text: reason }),
  };
  return createRecorder(file, options);
}

/** The model of a bot without a manager, where its strategy is a model's. */
async function ownAdviceFor({ config, folder, place, log }: WorkerOptions, botId: string) {
  if (config.trading.strategy !== "ai") return undefined;
  const { ownAdvice } = await import("./own-advice.ts");
  return ownAdvice({ config, botId, folder, place, tell: (severity, text) => log(severity, { text }) });
}

/** What a bot without a manager knew when it last played, and where it keeps what it learns. */
async function ownLore(folder: string, place: string, log: Log) {
  const { openLoreStore } = await import("./io/lore-store.ts");
  const store = await openLoreStore(join(folder, "lore.db"), (text) => log("warning", { text }));
  if (!store) return undefined;
  const { lore, dropped } = store.load(place);
  let failing = false;
  if (dropped > 0) log("warning", { text: `${dropped} rows kept of ${place} are no lore` });
  return {
    lore,
    keep(told: string) {
      const pieces: Lore[] = [];
      const read = readLore(told, (piece) => pieces.push(piece));
      try {
        if (read) store.save([{ place, age: read.age, pieces }]);
        failing = false;
      } catch (error) {
        if (!failing) log("warning", { text: `What is learned cannot be kept: ${String(error)}` });
        failing = true;
      }
    },
    close: () => store.close(),
  };
}

async function openLink(
  options: WorkerOptions,
  line: Dial | undefined,
  handler: LinkHandler,
): Promise<Link | undefined> {
  const { botId, config, folder, managerUrl } = options;
  const session = randomBytes(8).toString("hex");
  if (managerUrl !== undefined) {
    const { webLink } = await import("./io/web-link.ts");
    const trader = namedTrader(config);
    return webLink({
      managerUrl,
      managerToken: options.managerToken,
      request: {
        version: linkVersion,
        pid: process.pid,
        config_name: options.configName,
        strategy: config.trading.strategy,
        ...(botId !== undefined && { bot_id: botId }),
        ...(trader !== undefined && { trader }),
        ...(config.labels && { labels: config.labels }),
      },
      session,
      handler,
    });
  }
  if (!line || botId === undefined) return undefined;
  return localLink({ botId, id: session, folder, line, handler, log: options.log });
}

interface LocalLink {
  readonly botId: string;
  /** The session's. */
  readonly id: string;
  readonly folder: string;
  readonly line: Dial;
  readonly handler: LinkHandler;
  readonly log: Log;
}

/** To the manager that began this bot, and to those that follow it on this machine. */
function localLink({ botId, id, folder, line, handler, log }: LocalLink): Link {
  const session = createSession(id, botId, process.pid);
  return createLink({
    botId,
    session,
    handler,
    first: line,
    again: (welcome) => (welcome?.door === undefined ? undefined : unixLine(welcome.door)),
    outbox: createOutboxFile(folder, id, session.unheard, (text) => log("warning", { text })),
  });
}
