/** What must hold when nothing has gone wrong for some minutes. */
import { hasEnded, type Bot } from "../../../src/swarm/swarm.ts";
import type { Disk } from "./disk.ts";
import type { Ledger, WorkerBook } from "./ledger.ts";
import type { Machine, Process } from "./machine.ts";
import type { SimManager } from "./manager.ts";
import type { People } from "./people.ts";
import type { SimWorker } from "./worker.ts";

export interface Scene {
  readonly manager: SimManager;
  readonly ledger: Ledger;
  readonly people: People;
  readonly disk: Disk;
  readonly machine: Machine;
  readonly workers: ReadonlyMap<Process, SimWorker>;
}

export function settled(scene: Scene): void {
  const { manager, ledger, machine, workers } = scene;
  const { state } = manager.keep;
  const { actor } = manager.process;
  if (!actor.alive) return ledger.wrong("no manager is there at the end");
  const running = [...machine.processes.values()].filter(({ bot }) => bot !== undefined);
  for (const { bot, pid } of running)
    if (!state.bots.has(bot!)) ledger.wrong(`process ${pid} plays for ${bot}, whom nobody knows`);
  for (const bot of state.bots.values()) {
    const own = running.filter((process) => process.bot === bot.id).map((process) => workers.get(process)!);
    if (hasEnded(bot)) ofEnded(scene, bot, own);
    else ofLiving(scene, bot, own);
  }
  for (const worker of ledger.workers) ofWorker(scene, worker);
  for (const [key, bots] of scene.people.keys) {
    const made = scene.disk.events.filter((event) => event.type === "spawned" && event.key?.id === key);
    if (made.length !== bots.length)
      ledger.wrong(`${key} made ${made.length} bots instead of ${bots.length}`);
  }
}

function ofEnded({ ledger, people }: Scene, bot: Readonly<Bot>, own: readonly SimWorker[]): void {
  if (own.length > 0) ledger.wrong(`${bot.id} is ${bot.state} and has a process`);
  if (bot.state === "DEAD" && !people.allowed(bot.id, "life", "alive").has("dead"))
    ledger.wrong(`${bot.id} is DEAD, and nobody wanted it: ${bot.killed}`);
}

function ofLiving({ ledger, people, disk }: Scene, bot: Readonly<Bot>, own: readonly SimWorker[]): void {
  const what = `${bot.id} (${bot.state})`;
  const [worker] = own;
  if (own.length !== 1 || !worker) return ledger.wrong(`${what} has ${own.length} processes; pid ${bot.pid}`);
  if (!people.allowed(bot.id, "life", "alive").has("alive")) ledger.wrong(`${what} was to be dead`);
  if (bot.state !== "RUNNING" && bot.state !== "PAUSED")
    return ledger.wrong(`${what} is neither playing nor paused`);
  if (bot.session !== worker.book.session || bot.pid !== worker.process.pid)
    ledger.wrong(`${what} is another worker than it seems`);
  if (!bot.linked || !worker.isUp())
    ledger.wrong(`${what} is linked: ${bot.linked}, and its worker: ${worker.isUp()}`);
  if (!worker.book.playing) ledger.wrong(`${what} does not play`);
  if (!worker.obeys) return;
  const hold = people.allowed(bot.id, "hold", "resume");
  const isHeld = bot.state === "PAUSED";
  if (!hold.has(isHeld ? "pause" : "resume")) ledger.wrong(`${what} was to ${[...hold].join(" or ")}`);
  if (worker.held() !== isHeld) ledger.wrong(`${what}, but its worker is held: ${worker.held()}`);
  if (bot.orders.length > 0) ledger.wrong(`${what} has not taken ${JSON.stringify(bot.orders)}`);
  const spawned = disk.events.findLast((event) => event.type === "spawned" && event.bot === bot.id);
  const goals = people.allowed(bot.id, "goal", spawned?.type === "spawned" ? spawned.goal : "");
  if (!goals.has(worker.goal() ?? ""))
    ledger.wrong(`${what} has the goal "${worker.goal()}" instead of ${[...goals].join(" or ")}`);
  if (bot.goal !== worker.goal())
    ledger.wrong(`${what} has the goal "${worker.goal()}", and the manager says "${bot.goal}"`);
}

/** Whoever said that it was done is COMPLETED, unless somebody wanted it anew. */
function ofCompleted({ ledger, manager, disk }: Scene, book: WorkerBook): void {
  const end = disk.events.findIndex(
    (event) => event.type === "completed" && event.reason.endsWith(`#${book.number}`),
  );
  const { state } = manager.keep.state.bots.get(book.bot) ?? {};
  if (end < 0 || state === undefined || state === "COMPLETED") return;
  const begun = disk.events.findIndex(
    (event) => event.type === "registered" && event.session === book.session,
  );
  const asked = disk.events.findLastIndex(({ type, bot }) => bot === book.bot && type === "restartAsked");
  const last = ledger.workers.findLast(({ bot }) => bot === book.bot);
  if (last === book && asked < begun) ledger.wrong(`${book.bot} said that it was done, and is ${state}`);
}

/** What it told is kept, or still in its memory. */
function ofWorker(scene: Scene, book: WorkerBook): void {
  const { ledger, workers, disk } = scene;
  if (book.excused) return;
  ofCompleted(scene, book);
  const alive = [...workers.values()].find((worker) => worker.book === book);
  const unheard = new Set(alive?.unheard().map(({ n }) => n));
  // A bot that was taken off the list takes with it what it had to tell.
  if (disk.events.some((event) => event.type === "cleared" && event.bot === book.bot)) return;
  for (const message of book.told) {
    if (unheard.has(message.n)) continue;
    const isKept =
      message.type === "traded"
        ? book.stored.has(message.sector)
        : message.type !== "ended" || book.endStored;
    if (!isKept)
      ledger.wrong(`${book.bot} (worker ${book.number}) told ${message.n} (${message.type}), and it is lost`);
  }
}
