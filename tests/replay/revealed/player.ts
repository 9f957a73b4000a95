/** The player: his name and password, what he was when he came, and his corporation. */
import { plain } from "../plain.ts";
import { keysOf, type Step } from "../recording.ts";
import type { Reader } from "./view.ts";

export interface PlayerFacts {
  readonly login: string;
  /** His name in the game. */
  readonly traderName: string;
  /** He had a character before. */
  readonly returning: boolean;
  readonly onToday: boolean;
  readonly avoids: readonly number[];
  readonly builtAt: number | undefined;
  readonly shipId: number | undefined;
  readonly corp: { id: number; name: string } | undefined;
}

/** Between two figures of the quick statistics. */
const upright = "\xb3";

export function createPlayerReader(): Reader<PlayerFacts> {
  const avoids: number[] = [];
  let login = "";
  let ranked = "";
  let returning = false;
  let onToday = false;
  let builtAt: number | undefined;
  let shipId: number | undefined;
  let corp: { id: number; name: string } | undefined;
  let corpMade = false;
  let listing = false;
  return {
    read({ text }) {
      login = /^Please enter your name \(ENTER for none\): (.+)$/.exec(text)?.[1] ?? login;
      ranked ||= /^Trader Name +: (.+)$/.exec(text)?.[1] ?? "";
      if (text.startsWith("A password is required to enter this game.")) returning = true;
      if (text === "You have been on today.") onToday = true;
      const built = /^Date Built +: ([\d:]+ [AP]M) \w{3} (\w{3} \d+, \d{4})$/.exec(text);
      if (built) builtAt ??= Date.parse(`${built[2]} ${built[1]} UTC`);
      const number = /^ .*Ship (\d+) \w+ *$/.exec(text) ?? /^ +(\d+) +\d+\+/.exec(text);
      if (number) shipId ??= Number(number[1]);
      if (text.includes("<Create New Corporation>")) corpMade = true;
      const member = /^Corp +# (\d+), (.+)$/.exec(text);
      if (member && !corpMade) corp = { id: Number(member[1]), name: member[2] ?? "" };
      const quick = text.includes(upright) ? /Corp (\d+)\s*$/.exec(text) : null;
      if (quick && !corpMade) corp ??= { id: Number(quick[1]), name: `Corp ${quick[1]}` };
      if (text.startsWith("<Scanning for Hazardous Sectors")) listing = true;
      else if (/^(No Sectors|Do you wish to clear)/.test(text)) listing = false;
      else if (listing && /^ *\d[\d ]*$/.test(text)) avoids.push(...text.trim().split(/ +/).map(Number));
    },
    known: () => ({
      login,
      traderName: ranked.endsWith(login) ? login : (/\S+$/.exec(ranked)?.[0] ?? ""),
      returning,
      onToday,
      avoids,
      builtAt,
      shipId,
      corp,
    }),
  };
}

/** The game that is chosen from the server's menu. */
export function gameChosen(steps: readonly Step[]): { letter: string; gameName: string } {
  let game = { letter: "A", gameName: "My Game" };
  for (const [index, step] of steps.entries()) {
    if (!step.expected.endsWith("Selection (? for menu): ")) continue;
    const letter = keysOf(steps[index + 1] ?? step)
      .slice(0, 1)
      .toUpperCase();
    if (!/[A-PR-Z]/.test(letter)) continue;
    const gameName = new RegExp(`^<${letter}> (.+)$`, "m").exec(plain(step.expected))?.[1];
    if (gameName !== undefined) game = { letter, gameName };
  }
  return game;
}

/** The last password that was taken. */
export function passwordTyped(steps: readonly Step[]): string | undefined {
  let password: string | undefined;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    if (!next || !plain(step.expected).endsWith("Password? ")) continue;
    const entered = /^([^\r]*)\r/.exec(keysOf(next))?.[1];
    const refused = /Invalid password|Passwords didn't match/.test(plain(next.expected));
    if (entered !== undefined && !refused) password = entered;
  }
  return password;
}

/** Without ANSI the first command prompt has no colours. */
export function hasAnsi(steps: readonly Step[]): boolean {
  const prompt = steps.find(({ expected }) => /Command .*\[TL/.test(plain(expected)));
  // oxlint-disable-next-line no-control-regex
  return prompt === undefined || /\x1b\[35mCommand /.test(prompt.expected);
}

/** The lines of the first log that is read, with their colours. */
export function logIn(steps: readonly Step[]): string[] {
  const screen = steps.map(({ expected }) => expected).find((text) => /-=-=- +$/m.test(plain(text)));
  const lines = screen?.split("\n") ?? [];
  const head = lines.findIndex((line) => /^ *-=-.*Trade Wars 2002 ver .*-=- *$/.test(plain(line)));
  const body = head < 0 ? [] : lines.slice(head + 1);
  const end = body.findIndex((line) => plain(line).startsWith("[Pause]"));
  // oxlint-disable-next-line no-control-regex
  const texts = body.slice(0, Math.max(0, end)).map((line) => line.replace(/\r\x1b\[0m$|\r$/, ""));
  return texts.filter((text) => plain(text) !== "No log entries today.");
}
