/**
 * A worker that plays nothing, and misbehaves on request: its bot.yaml's `trading.goal` names the sin. Speaks the link's
 * language over IPC by hand, so that what the manager takes is not tested with the manager's own words.
 */
import { readFileSync, writeSync } from "node:fs";
import { everyByte, hostile, piecesOf, sequences } from "./hostile.ts";

/** Longer than any test, and no longer: nobody may be left who has lost his manager. */
const foreverMs = 60_000;
// A process for many, without a word for any of them.
if (process.argv.includes("--seats")) {
  process.on("disconnect", () => process.exit());
  await Bun.sleep(foreverMs);
  process.exit();
}

const option = (name: string) => process.argv[process.argv.indexOf(name) + 1]!;
const id = option("--bot-id");
const config = JSON.parse(readFileSync(option("--config"), "utf8")) as { trading: { goal: string } };
const [sin = "", detail = ""] = config.trading.goal.split(":");

const say = (message: unknown) => process.send!(message);
const forever = () => void setTimeout(() => process.exit(), foreverMs);
let goal = config.trading.goal;
let turns = 0;
/** Words of its report in place of harmless ones. */
let worded: Readonly<Record<string, string>> = {};
const report = () => ({
  trader: "Captain Double",
  game: "A",
  sector: 1 + turns,
  credits: 300 + 10 * turns,
  credits_start: 300,
  turns_executed: turns++,
  turns_max: 0,
  holds: 20,
  experience: 0,
  trades_executed: turns,
  trade_attempts: turns,
  sectors_explored: turns,
  ports_known: 0,
  strategy: "opportunistic",
  goal,
  activity: "standing in for a bot",
  ...worded,
});
const session = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
const hello = () => say({ type: "hello", version: 2, bot_id: id, pid: process.pid, session });

/** Hello, playing, a report every 50 ms; obeys. */
function behave(obeys: (type: string) => boolean = () => true) {
  hello();
  say({ type: "playing" });
  setInterval(() => say({ type: "report", report: report() }), 50);
  process.on("message", (message: { type: string; order?: { type: string; id: number; goal?: string } }) => {
    const { order } = message;
    if (!order || !obeys(order.type)) return;
    goal = order.goal ?? goal;
    say({ type: "confirmed", id: order.id });
    if (order.type !== "stop") return;
    say({ type: "ended", how: "stopped", reason: "told to stop", report: report() });
    process.exitCode = 0;
    process.disconnect!();
    process.exit();
  });
}

/** Words that would steer a terminal, wherever they are free; `detail` turns which of them stands where. */
function speakEvil() {
  const pieces = piecesOf(64);
  const piece = (index: number) => pieces[(Number(detail) + index) % pieces.length]!;
  worded = {
    trader: piece(0),
    ship: piece(1),
    strategy: piece(2),
    game: piece(3).slice(0, 1),
    goal: piece(4) + piece(5),
    activity: piece(6) + piece(7),
  };
  // As a log has it when a program writes bytes: not all of them are text.
  writeSync(
    2,
    Uint8Array.from(everyByte, (sign) => sign.charCodeAt(0)),
  );
  writeSync(2, `\n${new Date().toISOString()} ${hostile.replaceAll("\n", "")}\n`);
}

/** Shows a game of one line to those who watch, and gives its keys to whoever wants them; with `chatterMs` it writes all the time. */
function perform(chatterMs?: number, line = "Command [TL=00:00:00]:[1] (?=Help)? ") {
  writeSync(2, `${new Date().toISOString()} a game begins\n`);
  let watched = false;
  let lease: string | undefined;
  const show = (text: string, fresh?: true) => {
    if (watched) say({ type: "shown", text, ...(fresh && { fresh }) });
  };
  if (chatterMs !== undefined)
    setInterval(
      () => show("\u001b[1;36mSector\u001b[0m  : 852 in uncharted space.\r\n".repeat(150)),
      chatterMs,
    );
  process.on("message", (message: { type: string; on?: boolean; lease?: string; keys?: string }) => {
    const given = (reason: string) => say({ type: "given", lease: message.lease, reason });
    switch (message.type) {
      case "watch":
        watched = message.on === true;
        show(line, true);
        if (watched) say({ type: "online", live: true });
        return;
      case "take":
        lease ??= message.lease;
        return lease === message.lease ? say({ type: "taken", lease }) : given("somebody else has the keys");
      case "type":
        return lease === message.lease ? show(`${message.keys}\r\n`) : given("that is not the lease");
      case "give":
        if (lease === message.lease) lease = undefined;
        return given("given back");
    }
  });
}

const sins: Record<string, () => void> = {
  performing() {
    behave();
    perform();
  },
  /** So many milliseconds between two writings. */
  chattering() {
    behave();
    perform(Number(detail));
  },
  evil() {
    speakEvil();
    behave();
    // Sequences that clear the screen come first: something is to be seen of the rest.
    perform(undefined, `${sequences.join("")}${everyByte}`);
    for (const [index, severity] of (["info", "warning", "error"] as const).entries())
      say({ type: "note", n: index + 1, severity, text: hostile });
    const product = piecesOf(20)[Number(detail)];
    say({ type: "traded", n: 4, sector: 2, product, units: 1, credits: 1 });
  },
  /** The same, and its end is told in such words, too. */
  evil_to_the_end() {
    speakEvil();
    hello();
    say({ type: "playing" });
    say({ type: "ended", how: "failed", reason: hostile, report: report() });
    process.disconnect!();
  },
  /** Asks for one plan after another, and tells what it was answered last. */
  asking() {
    behave();
    let asked = 0;
    const ask = () => say({ type: "ask", id: ++asked, at: asked * 10, picture: `{"turns":${asked}}` });
    process.on("message", (message: { type: string; id?: number; reason?: string; plan?: string }) => {
      if (message.type !== "advice" && message.type !== "unadvised") return;
      worded = { activity: `${message.type} ${message.id} ${message.reason ?? message.plan}` };
      const outcome = message.reason ?? "accepted";
      say({ type: "weighed", id: message.id, at: asked * 10 + 5, outcome });
      setTimeout(ask, 20);
    });
    ask();
  },
  /** Asks for a plan, and cannot be told any more. */
  asking_in_vain() {
    hello();
    say({ type: "playing" });
    say({ type: "ask", id: 1, at: 1, picture: "{}" });
    setTimeout(() => process.disconnect!(), 50);
    forever();
  },
  /** Knows a little of a game, and shares it. */
  knowing() {
    behave();
    say({ type: "shares", place: "127.0.0.1:2002/A" });
    say({ type: "lore", lore: "0\nw1 1 2,3*\nw2 1 1*\np2 1 3" });
  },
  /** Not a word, ever. */
  silent: forever,
  /** Says hello and plays, then nothing more. */
  falling_silent() {
    hello();
    say({ type: "playing" });
    forever();
  },
  crashing() {
    hello();
    throw new Error("the double crashes as asked");
  },
  wordless: () => process.exit(0),
  exiting: () => process.exit(Number(detail)),
  /** No JSON at all on the channel, which is descriptor 3. */
  garbling() {
    hello();
    writeSync(3, "\u0000 this is {{{ not JSON\n");
    forever();
  },
  /** JSON, and no message. */
  nonsense() {
    hello();
    say({ type: "report", report: { credits: "many" } });
    forever();
  },
  oversize() {
    hello();
    say({ type: "note", severity: "info", text: "x", padding: "x".repeat(100_000) });
    forever();
  },
  impostor() {
    say({ type: "hello", version: 2, bot_id: "somebody_else", pid: process.pid, session });
    forever();
  },
  hasty() {
    say({ type: "playing" });
    forever();
  },
  hanging_up() {
    hello();
    process.disconnect!();
    forever();
  },
  completing() {
    hello();
    say({ type: "playing" });
    say({ type: "ended", how: "completed", reason: "turn limit reached", report: report() });
    process.disconnect!();
  },
  /** Says that it is done and does not go. */
  lingering() {
    hello();
    say({ type: "ended", how: "completed", reason: "turn limit reached" });
    forever();
  },
  failing() {
    hello();
    say({ type: "ended", how: "failed", reason: "the game refuses the password" });
    process.disconnect!();
  },
  /** Hears no order and no SIGTERM. */
  stubborn() {
    process.on("SIGTERM", () => {});
    behave(() => false);
  },
  /** Confirms nothing but a stop. */
  slow: () => behave((type) => type === "stop"),
};

const outlivesItsLine = ["garbling", "hanging_up", "asking_in_vain"].includes(sin);
if (!outlivesItsLine) process.on("disconnect", () => process.exit());
(sins[sin] ?? behave)();
