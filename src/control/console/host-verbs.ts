/** `bbsbot host` and what a sysop asks of it. */
import { type Command, InvalidArgumentError } from "commander";
import type { HostQuestion, HostRequest } from "../../proto/host-admin.ts";
import { Refusal } from "../../proto/refusal.ts";
import { jsonLine, printable } from "../../proto/printable.ts";
import { numberFrom, portNumber, wholeNumber } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import { table } from "./table.ts";
import { exampleText } from "./verb.ts";

const dbDefault = "host.db";
const topDefault = 20;
const sectorNumber = numberFrom(1, 20_000);

function gameLetter(text: string): string {
  if (!/^[A-Za-z]$/.test(text)) throw new InvalidArgumentError(`Expected a game's letter, found "${text}".`);
  return text.toUpperCase();
}

export function addHost(program: Command, doors: Doors, done: (status: number) => void): void {
  const host = program
    .command("host")
    .description("run the embedded game server (TradeWars 2002 over telnet), or ask about one")
    .option("--config <file>", "host.yaml: the server and its games; flags go before it")
    .option(
      "--port <n>",
      "port to listen on, 2002 unless said otherwise; 0 picks one and prints it",
      portNumber,
    )
    .option("--bind <address>", "address to listen on, 127.0.0.1 unless said otherwise")
    .option("--games <letters>", "the games it offers, ABC unless said otherwise")
    .option(
      "--sectors <n>",
      "sectors in each universe that is made now, 1000 unless said otherwise",
      numberFrom(100, 20_000),
    )
    .option("--seed <n>", "what the universes grow from, 2002 unless said otherwise", wholeNumber)
    .option(
      "--turns-per-day <n>",
      "turns each trader gets a day, 65000 in a new game unless said otherwise",
      numberFrom(1, 1_000_000),
    )
    .option("--latency <ms>", "wait before each answer, as real servers do", wholeNumber)
    .option("--clock <times>", "how many times faster the games' calendar runs", numberFrom(1, 10_000))
    .option(
      "--max-callers <n>",
      "most callers at one time, 500 unless said otherwise",
      numberFrom(1, 100_000),
    )
    .option("--db <file>", `where the games are kept, ${dbDefault} unless said otherwise`)
    .option("--json", "log as JSON lines")
    .addHelpText(
      "after",
      `
Examples:
  bbsbot host --port 2002 --seed 7            then: telnet localhost 2002
  bbsbot host --config examples/host.yaml
  bbsbot host inspect pairs --top 5           the best neighbouring ports
  bbsbot host admin broadcast Back at noon`,
    )
    .action(async (flags) => done(await doors.host(flags)));
  addInspect(host, doors);
  addAdmin(host, doors);
}

interface InspectFlags {
  readonly db: string;
  readonly game: string;
  readonly json?: boolean;
}

/** A game's truth, from the running host or from its save. */
function addInspect(host: Command, doors: Doors): void {
  const inspect = host
    .command("inspect")
    .description("print the truth about a game, hidden numbers and all; the host may be running or not")
    .addHelpText(
      "after",
      exampleText(["bbsbot host inspect summary", "bbsbot host inspect pairs --top 5 --json"]),
    );
  const add = (
    words: string,
    about: string,
    example: string,
    question: (word: string, flags: { top?: number }) => HostQuestion,
  ) => {
    const command = inspect
      .command(words)
      .description(about)
      .option("--db <file>", "the host's database", dbDefault)
      .option("--game <letter>", "which game", gameLetter, "A")
      .option("--json", "as JSON")
      .addHelpText("after", exampleText([`bbsbot host inspect ${example}`]));
    if (words === "pairs") command.option("--top <n>", "how many", numberFrom(1, 1000), topDefault);
    command.action(async (...given: unknown[]) => {
      const word = typeof given[0] === "string" ? given[0] : "";
      const flags = command.opts<InspectFlags & { top?: number }>();
      const result = await doors.inspectHost(flags.db, flags.game, question(word, flags));
      doors.console.out(flags.json ? `${jsonLine(result)}\n` : told(result));
    });
  };
  add("summary", "how much there is of everything, and the settings", "summary --json", () => ({
    of: "summary",
  }));
  add("sector <number>", "a sector, its port's hidden numbers, and who is there", "sector 852", (word) => ({
    of: "sector",
    number: sectorNumber(word),
  }));
  add("port <number>", "the port of a sector", "port 852 --game B", (word) => ({
    of: "port",
    number: sectorNumber(word),
  }));
  add("player <name>", "a trader and his ship", "player 'Captain Zyrain'", (name) => ({
    of: "player",
    name,
  }));
  add("pairs", "the best pairs of neighbouring ports", "pairs --top 5", (_, { top = topDefault }) => ({
    of: "pairs",
    top,
  }));
}

interface Pair {
  readonly sectors: readonly number[];
  readonly classes: readonly number[];
  readonly gain: number;
  readonly legs: readonly { readonly product: string; readonly from: number; readonly gain: number }[];
}

/** Pairs as a table; anything else as indented lines. Nothing of it reaches a terminal unescaped. */
function told(result: unknown): string {
  if (!Array.isArray(result)) return `${outline(result, 0)}\n`;
  return table<Pair>(
    [
      { title: "SECTORS", value: ({ sectors }) => sectors.join(" - ") },
      { title: "CLASSES", value: ({ classes }) => classes.join(" - ") },
      { title: "CREDITS A HOLD", value: ({ gain }) => gain.toFixed(2), right: true },
      {
        title: "CARGO",
        value: ({ legs }) =>
          legs.map((leg) => `${leg.product} from ${leg.from}: ${leg.gain.toFixed(2)}`).join(", "),
      },
    ],
    result as Pair[],
  );
}

function outline(value: unknown, depth: number): string {
  const margin = "  ".repeat(depth);
  if (value === null || typeof value !== "object") return `${margin}${scalar(value)}`;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return `${margin}${value.map(scalar).join(" ")}`;
  }
  return Object.entries(value)
    .map(([key, item]) => {
      const flat =
        item === null ||
        typeof item !== "object" ||
        (Array.isArray(item) && item.every((one) => typeof one !== "object"));
      const name = Array.isArray(value) ? "-" : `${printable(key)}:`;
      return flat ? `${margin}${name} ${outline(item, 0)}` : `${margin}${name}\n${outline(item, depth + 1)}`;
    })
    .join("\n");
}
const scalar = (value: unknown) =>
  value === null ? "none" : printable(typeof value === "string" ? value : JSON.stringify(value));

interface Present {
  readonly caller: number;
  readonly login: string;
  readonly game: string;
  readonly trader: string;
  readonly sector: number | null;
  readonly idle: number;
}

interface AdminFlags {
  readonly db: string;
  readonly json?: boolean;
}

function addAdmin(host: Command, doors: Doors): void {
  const admin = host
    .command("admin")
    .description("ask something of the host that is running with a database")
    .addHelpText("after", exampleText(["bbsbot host admin who", "bbsbot host admin kick amber"]));
  const add = (usage: string, about: string, example: string) =>
    admin
      .command(usage)
      .description(about)
      .option("--db <file>", "the host's database", dbDefault)
      .option("--json", "as JSON")
      .addHelpText("after", exampleText([`bbsbot host admin ${example}`]));
  const print = ({ json }: AdminFlags, value: unknown, text: () => string) =>
    doors.console.out(json ? `${jsonLine(value)}\n` : text());
  add("who", "everybody on the line", "who --json").action(async (flags: AdminFlags) => {
    const present = (await doors.askHost(flags.db, { op: "who" })) as Present[];
    print(flags, present, () => presentTable(present));
  });
  add("kick <name>", "hang up on a caller, by login or trader name", "kick amber").action(
    async (name: string, flags: AdminFlags) => {
      const reply = (await ask(doors, flags.db, { op: "kick", name })) as { kicked: number };
      if (reply.kicked === 0) throw new Refusal("not_found", `Nobody of that name is on the line`);
      print(flags, reply, () => `Hung up on ${reply.kicked}\n`);
    },
  );
  add("broadcast <words...>", "tell everybody who is in a game", "broadcast Back at noon").action(
    async (words: string[], flags: AdminFlags) => {
      const request = { op: "broadcast", text: words.join(" ") } as const;
      const reply = (await ask(doors, flags.db, request)) as { heard: number };
      print(flags, reply, () => `Told ${reply.heard}\n`);
    },
  );
  add("reset <letter>", "begin a game anew, with another universe; everything in it is gone", "reset B --yes")
    .option("-y, --yes", "do not ask")
    .action(async (letter: string, flags: AdminFlags & { yes?: boolean }) => {
      const game = gameLetter(letter);
      const { hasLeave } = await import("./meant.ts");
      if (!(await hasLeave(doors, flags, `Throw away game ${game} and begin it anew`))) return;
      const reply = (await ask(doors, flags.db, { op: "reset", game })) as { seed: number };
      print(flags, reply, () => `Game ${game} has been begun anew, seed ${reply.seed}\n`);
    });
}

const presentTable = (present: readonly Present[]) =>
  table<Present>(
    [
      { title: "CALLER", value: ({ caller }) => String(caller), right: true },
      { title: "LOGIN", value: ({ login }) => login },
      { title: "GAME", value: ({ game }) => game },
      { title: "TRADER", value: ({ trader }) => trader },
      { title: "SECTOR", value: ({ sector }) => String(sector ?? ""), right: true },
      { title: "IDLE S", value: ({ idle }) => String(idle), right: true },
    ],
    present,
  );

/** Checks the words of the command line before they are sent. */
async function ask(doors: Doors, db: string, request: HostRequest): Promise<unknown> {
  const schema = (await import("../../proto/host-admin.ts")).HostRequest;
  const checked = schema.safeParse(request);
  if (checked.success) return doors.askHost(db, checked.data);
  const [issue] = checked.error.issues;
  throw new Refusal(
    "bad_input",
    `${issue?.path.join(".") ?? "request"}: ${issue?.message ?? "not understood"}`,
  );
}
