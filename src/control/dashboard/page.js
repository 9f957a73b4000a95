// The status page: keeps the latest status of each bot and shows it. Game text reaches the page as text only, never as HTML.

const columns = [
  ["Bot", (bot) => bot.bot_id],
  ["State", (bot) => bot.state, "state"],
  ["Trader", (bot) => bot.trader ?? ""],
  ["Sector", (bot) => bot.sector, "number"],
  ["Credits", (bot) => bot.credits, "number"],
  ["Per turn", (bot) => bot.credits_per_turn, "number"],
  [
    "Turns",
    (bot) => (bot.turns_max ? `${bot.turns_executed} of ${bot.turns_max}` : bot.turns_executed),
    "number",
  ],
  ["Trades", (bot) => bot.trades_executed, "number"],
  // Further lines of an error are the end of the worker's log.
  ["Doing", (bot) => (bot.error ?? bot.activity).split("\n", 1)[0], "doing"],
];
/** What needs a person first, then who plays, who is on the way, who has ended. */
const order = [
  "FAILED",
  "ERROR",
  "STUCK",
  "BACKOFF",
  "RUNNING",
  "PAUSED",
  "REGISTERING",
  "SPAWNING",
  "QUEUED",
  "COMPLETED",
  "DEAD",
];
/** Milliseconds before the page dials again: half of it to one and a half, so that many pages do not come as one. */
const redialMs = 2000;

const bots = new Map();
const rows = new Map();
let totals;
/** The last telling that the page knows; undefined until the first. */
let rev;
let drawing = false;

const element = (id) => document.getElementById(id);
const make = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const shown = (value) => (typeof value === "number" ? value.toLocaleString("en") : String(value));
const say = (text, isBad) => {
  element("link").textContent = text;
  element("link").className = isBad ? "bad" : "";
};

function dial() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const since = rev === undefined ? "" : `?since=${rev}`;
  const socket = new WebSocket(`${scheme}://${location.host}/ws/swarm${since}`);
  socket.onmessage = ({ data }) => {
    fold(JSON.parse(data));
    say(totals.degraded ? `Takes no orders just now: ${totals.degraded}` : "Live", totals.degraded);
    drawSoon();
  };
  socket.onclose = () => {
    say("The manager does not answer; trying again", true);
    setTimeout(dial, redialMs * (0.5 + Math.random()));
  };
}

/** As proto/live-fold.ts: a snapshot replaces everything, changes have the fields that differ, null for one that is no more. */
function fold(message) {
  if (message.type === "snapshot") {
    totals = message.status;
    bots.clear();
    for (const bot of message.status.bots) bots.set(bot.bot_id, bot);
  } else {
    if (rev === undefined || message.rev < rev) return;
    totals = message.totals;
    for (const id of message.gone) bots.delete(id);
    for (const change of message.bots) {
      const fields = Object.entries({ ...bots.get(change.bot_id), ...change });
      bots.set(change.bot_id, Object.fromEntries(fields.filter(([, value]) => value !== null)));
    }
  }
  rev = message.rev;
}

function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawTotals();
    drawBots();
  });
}

function drawTotals() {
  const told = [
    ["Bots", totals.total_bots],
    ...order.filter((state) => totals.by_state[state]).map((state) => [state, totals.by_state[state]]),
    ["Credits", totals.total_credits],
    ["Turns", totals.total_turns],
    ["Credits per turn", totals.credits_per_turn],
    ["Trades", totals.total_trades],
  ];
  element("totals").replaceChildren(
    ...told.map(([name, value]) => {
      const pair = make("div");
      pair.append(make("dt", name), make("dd", shown(value)));
      return pair;
    }),
  );
}

function drawBots() {
  for (const id of rows.keys()) if (!bots.has(id)) rows.delete(id);
  for (const bot of bots.values()) {
    const cells = columns.map(([, value]) => shown(value(bot)));
    const row = rows.get(bot.bot_id) ?? newRow(bot.bot_id);
    cells.forEach((text, index) => {
      if (row.children[index].textContent !== text) row.children[index].textContent = text;
    });
    row.children[1].className = bot.state;
    row.lastElementChild.title = bot.error ?? "";
  }
  const sorted = [...bots.values()].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.bot_id < b.bot_id ? -1 : 1),
  );
  const body = element("bots");
  const wanted = sorted.map((bot) => rows.get(bot.bot_id));
  if (wanted.length !== body.children.length || wanted.some((row, index) => row !== body.children[index]))
    body.replaceChildren(...wanted);
  element("none").hidden = bots.size > 0;
}

function newRow(id) {
  const row = make("tr");
  row.append(...columns.map(([, , kind]) => make("td", "", kind)));
  rows.set(id, row);
  return row;
}

const head = make("tr");
head.append(...columns.map(([name, , kind]) => make("th", name, kind)));
for (const cell of head.children) cell.scope = "col";
element("head").append(head);
dial();
