/**
 * A worker that stands still, and writes each message of its manager, with the time, to `heard.jsonl` beside its configuration. Its
 * bot.yaml's `trading.goal` may be a server that it asks leave to dial.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const option = (name: string) => process.argv[process.argv.indexOf(name) + 1]!;
const file = option("--config");
const { goal } = (JSON.parse(readFileSync(file, "utf8")) as { trading: { goal: string } }).trading;
const say = (message: unknown) => process.send!(message);

const report = {
  sector: 1,
  credits: 300,
  credits_start: 300,
  turns_executed: 0,
  turns_max: 0,
  holds: 20,
  experience: 0,
  trades_executed: 0,
  trade_attempts: 0,
  sectors_explored: 1,
  ports_known: 0,
  strategy: "opportunistic",
  goal,
  activity: "standing still",
};

process.on("message", (message: { type: string; order?: { type: string; id: number } }) => {
  appendFileSync(join(dirname(file), "heard.jsonl"), `${JSON.stringify({ at: Date.now(), ...message })}\n`);
  if (message.type === "welcome") {
    if (goal.includes(":")) say({ type: "dialling", server: goal });
    say({ type: "playing" });
    setInterval(() => say({ type: "report", report }), 100);
  }
  if (message.order?.type !== "stop") return;
  say({ type: "ended", how: "stopped", reason: "told to stop", report });
  process.disconnect!();
  process.exit(0);
});
process.on("disconnect", () => process.exit());
const session = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
say({ type: "hello", version: 2, bot_id: option("--bot-id"), pid: process.pid, session });
