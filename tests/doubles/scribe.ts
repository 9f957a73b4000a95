/** A swarm that writes down what it is asked and answers with examples, alone or behind the manager's real faces on a free port. */
import { faces } from "../../src/control/faces.ts";
import type { PageFile } from "../../src/control/page.ts";
import type { Token } from "../../src/io/token.ts";
import { listen } from "../../src/listen.ts";
import { ManagerConfig } from "../../src/proto/manager-config.ts";
import { Refusal } from "../../src/proto/refusal.ts";
import type { OperationName, OperationOutput, Swarm } from "../../src/proto/operations.ts";
import { botStates, type BotStatus, type SwarmStatus } from "../../src/proto/status.ts";

export const bot: BotStatus = {
  bot_id: "a",
  state: "RUNNING",
  pid: 4242,
  linked: true,
  config: "mine.yaml",
  trader: "Amber",
  game: "A",
  sector: 852,
  credits: 1300,
  credits_start: 300,
  turns_executed: 50,
  turns_max: 100,
  holds: 20,
  experience: 3,
  trades_executed: 4,
  trade_attempts: 6,
  sectors_explored: 9,
  ports_known: 2,
  ship: "Merchant Cruiser",
  bank: 70,
  cargo_value: 30,
  strategy: "opportunistic",
  goal: "profit",
  activity: "trade at 852",
  started_at: 1_700_000_000_000,
  last_activity: 1_700_000_005_500,
  last_update: 1_700_000_006_250,
  uptime_seconds: 6.3,
  credits_per_turn: 20,
  net_worth: 1400,
  restarts: 0,
  order: { id: 1, type: "pause", state: "delivered" },
};

export const status: SwarmStatus = {
  total_bots: 1,
  by_state: { ...Object.fromEntries(botStates.map((name) => [name, 0])), RUNNING: 1 } as never,
  running: 1,
  completed: 0,
  errors: 0,
  stopped: 0,
  max_bots: 200,
  paused: 0,
  recovering: 0,
  total_credits: 1300,
  total_bank_credits: 70,
  total_net_worth: 1400,
  total_turns: 50,
  total_trades: 4,
  credits_per_turn: 20,
  uptime_seconds: 9,
  version: "0.0.0-test",
  seq: 7,
  bots: [bot],
};

const { bots: _, ...totals } = status;

const point = {
  bots: 1,
  running: 1,
  trades: 1,
  trade_attempts: 2,
  haggle_deals: 1,
  haggle_offers: 3,
  haggle_lost: 0,
  errors: 0,
};
export const rows = [
  { at: 1_700_000_000_000, credits: 300, bank: 0, cargo_value: 0, net_worth: 300, turns: 0, ...point },
  { at: 1_700_000_020_500, credits: 1300, bank: 70, cargo_value: 30, net_worth: 1400, turns: 50, ...point },
];
const lines = { bot_id: "a", lines: ["one", "two"], offset: 0, next_offset: 8, size: 8 };

export const replies: { [K in OperationName]: OperationOutput<K> } = {
  spawnBot: { bot_id: "a", state: "SPAWNING", pid: null },
  spawnSwarm: {
    bot_ids: ["a", "b"],
    count: 2,
    status: "spawning",
    total_bots: 2,
    group_size: 2,
    group_delay: 0,
    total_groups: 1,
    estimated_time_seconds: 0,
  },
  scaleSwarm: { count: 2, started: ["b"], killed: [] },
  swarmStatus: status,
  swarmTotals: totals,
  timeSeries: { interval_seconds: 10, rows },
  killAll: { killed: ["a"], count: 1 },
  clearSwarm: { cleared: 1, bot_ids: ["a"] },
  botStatus: bot,
  botConfig: { bot_id: "a", config_name: "mine.yaml", config: { session: {} } },
  botEvents: { bot_id: "a", state: "RUNNING", events: [{ type: "playing", at: 5, bot: "a" }] },
  botLogs: lines,
  botLogTail: lines,
  pauseBot: { bot_id: "a", order: "delivered", state: "PAUSED" },
  resumeBot: { bot_id: "a", order: "queued", state: "PAUSED" },
  setGoal: { bot_id: "a", order: "queued", state: "PAUSED", goal: "banking" },
  restartBot: { bot_id: "a", state: "RUNNING", pid: 4242 },
  respawnBot: { bot_id: "a", state: "RUNNING", pid: null },
  killBot: { killed: "a" },
  listBots: { matched: 7, bots: [bot], ids: ["a"], next_cursor: "1" },
  orderBots: {
    action: "pause",
    matched: 2,
    failed: 1,
    results: [
      { bot_id: "a", ok: true, state: "PAUSED", order: "delivered" },
      { bot_id: "b", ok: false, code: "not_found", detail: 'There is no bot "b"' },
    ],
  },
  botDecisions: {
    bot_id: "a",
    decisions: [{ at: 5, intent: "trade", why: "42 credits a turn", sector: 852 }],
  },
  advisor: {
    advisors: [
      {
        provider: "openai_compatible",
        model: "a mind",
        state: "away",
        away_until: 1_700_000_040_000,
        waiting: 3,
        under_way: 1,
        calls: 1200,
        failed: { timeout: 4, bad_answer: 1 },
        last_error: "No answer within 30 s",
        input_tokens: 2_400_000,
        output_tokens: 90_000,
        cost: 1.5,
        latency_ms: { median: 1900, p95: 4200 },
        last_minute: { calls: 12 },
        today: { calls: 700, tokens: 1_400_000, cost: 0.75 },
        budget: {
          calls_per_minute: 30,
          calls_per_day: null,
          tokens_per_day: 2_000_000,
          money_per_day: 2.5,
          plans_per_bot_per_day: null,
          price_per_million_input: 0.4,
          price_per_million_output: 1.6,
        },
      },
    ],
    bots: {
      bots: 5,
      deciding: { advice: 4, rules: 0, fallback: 1 },
      asked: 60,
      accepted: 50,
      rejected: { dangerous: 2, worse: 1 },
      failed: { timeout: 7 },
      turns: { advice: 4000, rules: 500, fallback: 200 },
      credits: { advice: 400_000, rules: 30_000, fallback: -50 },
      credits_per_turn: { advice: 100, rules: 60, fallback: -0.25 },
    },
  },
  stepBot: { bot_id: "a", order: "delivered", state: "PAUSED" },
  swarmEvents: {
    events: [{ type: "playing", bot: "a", at: 5, severity: "info", text: "In the game" }],
    next_cursor: "5.1",
  },
  botScreen: { bot_id: "a", rows: ["Sector  : 1"], cursor: { row: 0, column: 11 }, at: 5, live: true },
  sendKeys: { bot_id: "a", rows: ["Sector  : 1"], cursor: { row: 0, column: 11 }, at: 6, live: true },
  map: {
    place: "localhost:2002/A",
    places: ["localhost:2002/A"],
    rev: 3,
    size: 1000,
    stardock: 12,
    sectors: [[7, 3, 1, 2]],
    ports: [[7, 3, 50, 60, -1]],
    dangers: [[9, "mines", 5]],
  },
  sector: {
    place: "localhost:2002/A",
    sectors_known: 1000,
    sector: 7,
    seen: true,
    warps: [1, 2],
    charted: true,
    fed_space: true,
    stardock: false,
    port: {
      class: 3,
      code: "SBB",
      goods: [{ product: "Fuel Ore", side: "sells", trading: 100, percent: 50, price: 20.5 }],
    },
    bots: ["a"],
  },
  routes: {
    place: "localhost:2002/A",
    sectors_known: 1000,
    ports_known: 400,
    routes: [{ from: 7, to: 9, hops: 1, out: "Fuel Ore", credits_per_turn: 120.5, in_work: false }],
  },
  path: {
    place: "localhost:2002/A",
    sectors_known: 1000,
    from: 1,
    to: 2,
    hops: 1,
    sectors: [1, 2],
    dangerous: [],
  },
};

/** A page of two files, the second with its content's hash in its name. */
export const pageDouble: readonly PageFile[] = [
  {
    path: "/page/index.html",
    type: "text/html; charset=utf-8",
    text: "<!doctype html><title>a page</title>",
    lasting: false,
  },
  {
    path: "/page/main-0a1b2c3d.js",
    type: "text/javascript; charset=utf-8",
    text: "let a = 1;",
    lasting: true,
  },
].map(({ text, ...rest }) => ({ ...rest, gzip: Buffer.from(Bun.gzipSync(text)).toString("base64") }));

export interface Scribe {
  readonly swarm: Swarm;
  /** Operation and input of each request that came through. */
  readonly asked: [OperationName, unknown][];
}

export function scribe(): Scribe {
  const asked: Scribe["asked"] = [];
  const swarm = Object.fromEntries(
    (Object.keys(replies) as OperationName[]).map((name) => [
      name,
      async (input: unknown) => {
        asked.push([name, input]);
        return replies[name];
      },
    ]),
  ) as unknown as Swarm;
  return { swarm, asked };
}

export const token: Token = { file: "/nowhere/token", secret: "0123456789abcdef".repeat(4) };

/** The whole HTTP side of a manager over a scribe; what reaches the door for workers counts as asked, too. */
export const facesOf = ({ swarm, asked }: Scribe, change: { degraded?: string } = {}) =>
  faces({
    swarm,
    door: {
      mount: (app) =>
        void app.post("/worker/register", (c) => {
          asked.push(["spawnBot", "a worker"]);
          return c.json({ ok: true });
        }),
    },
    page: { files: async () => pageDouble, gunzip: (bytes) => Bun.gunzipSync(bytes), readOnly: false },
    mcp: { mount: () => {} },
    status: () => status,
    totals: () => ({ ...status, ...change }),
    seq: () => status.seq,
    now: () => 1_700_000_030_000,
    seriesIntervalSeconds: 10,
    version: "0.0.0-test",
    gzip: async (text) => Bun.gzipSync(text),
    complain: (error) => {
      throw error;
    },
  });

/** The same behind real sockets. */
export function listening(
  change: {
    auth?: Partial<ManagerConfig["manager"]["auth"]>;
    token?: Token | undefined;
    host?: string;
  } = {},
) {
  const { manager: defaults } = ManagerConfig.parse({});
  const scribed = scribe();
  const log: string[] = [];
  const app = facesOf(scribed);
  const on = listen({
    host: change.host ?? "127.0.0.1",
    port: 0,
    dashboard_port: null,
    page_read_only: false,
    max_bots: 10,
    auth: { ...defaults.auth, ...change.auth },
    token: "token" in change ? change.token : token,
    log: (line) => log.push(line),
    app: (request) => app.fetch(request),
    door: {
      admit: () => {
        throw new Error("no worker of ours");
      },
      opened: () => ({ heard: () => {}, closed: () => {} }),
    },
    live: { greeting: () => '{"type":"snapshot"}' },
    terminals: {
      admit(id) {
        if (id !== "a") throw new Refusal("not_found", `There is no bot "${id}"`);
      },
      watch(id, viewer) {
        const asked = (what: string) => void scribed.asked.push(["sendKeys", `${what} ${id}`]);
        viewer.told({ type: "shown", text: "Command?", fresh: true });
        return {
          take: () => asked("take"),
          type: () => asked("type"),
          beat() {},
          give() {},
          leave() {},
        };
      },
    },
  });
  return { ...scribed, ...on, log, port: Number(new URL(on.url).port) };
}
export type Listening = ReturnType<typeof listening>;
