/** A swarm's terminals over a stage, with a clock and timers that the test turns; what the workers are told is written down. */
import { createTerminals } from "../../../src/control/terminals.ts";
import type { ManagerMessage } from "../../../src/proto/orders.ts";
import { TerminalTold } from "../../../src/proto/terminal-view.ts";
import { LeaseId } from "../../../src/proto/terminal.ts";
import { newSwarm, playing, stage } from "../../swarm/stories.ts";

export function stall(...bots: readonly string[]) {
  const timers = new Set<{ at: number; work: () => void }>();
  const asked: (ManagerMessage & { bot: string })[] = [];
  /** What workers leave behind when they end. */
  const left = new Map<string, { text: string; at: number }>();
  let leases = 0;
  const on = stage(newSwarm({ maxBots: 500 }), { told: (event) => terminals.told(event) });
  const later = (ms: number, work: () => void) => {
    const timer = { at: on.at + ms, work };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const terminals = createTerminals({
    state: on.state,
    tell: (bot, message) => void asked.push({ bot, ...message }),
    happened: (event) => on.happened(event),
    now: () => on.at,
    later,
    newLease: () => LeaseId.parse(`lease00${leases++}`),
    lastScreen: (bot) => left.get(bot),
  });
  for (const bot of bots) playing(on, bot);
  /** Passes so many milliseconds, each timer in its turn. */
  function pass(ms: number): void {
    const end = on.at + ms;
    for (;;) {
      const [next] = [...timers].sort((one, other) => one.at - other.at);
      if (!next || next.at > end) break;
      timers.delete(next);
      on.at = next.at;
      next.work();
    }
    on.at = end;
  }
  /** A viewer that writes down what it hears. */
  function come(bot: string) {
    const told: TerminalTold[] = [];
    let goneTimes = 0;
    const seat = terminals.watch(bot, {
      told: (message) => void told.push(TerminalTold.parse(message)),
      gone: () => void goneTimes++,
    });
    /** What was heard since the last look. */
    const news = () => told.splice(0);
    return { ...seat, news, gone: () => goneTimes };
  }
  /** What workers were told since the last look, in short. */
  const orders = () =>
    asked.splice(0).map(({ bot, ...message }) => {
      if (message.type === "watch") return `${bot} watch ${message.on ? "on" : "off"}`;
      const rest = "lease" in message ? ` ${message.lease}` : "";
      return `${bot} ${message.type}${rest}${message.type === "type" ? ` ${message.keys}` : ""}`;
    });
  return { on, terminals, timers, later, pass, come, orders, left };
}
