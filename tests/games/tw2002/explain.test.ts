import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Console } from "../../../src/control/console/terminal.ts";
import { explainDoor, explainRecording, sharesOf } from "../../../src/explain.ts";
import { createExplainer } from "../../../src/games/tw2002/reader/explain.ts";
import { proseHash } from "../../../src/games/tw2002/reader/texts/prose.ts";
import { readRecording } from "../../../src/io/recording.ts";
import { createLine } from "../../../src/player/line.ts";
import { capturesDir, capturesMissing, serverBytes, sessionNames, whyMissing } from "../../captures.ts";
import { everyWay } from "../../cuts.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-explain-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Not the sysop's recordings: the admin port, the editors and the making of universes are no caller's ground, and no bot goes there. */
const sessions = capturesMissing ? [] : sessionNames();

test.skipIf(capturesMissing)(
  `every line and every prompt of the recordings is explained${whyMissing}`,
  () => {
    const left: string[] = [];
    const shares: string[] = [];
    for (const name of sessions) {
      const told = explainRecording(readRecording(join(capturesDir, "sessions", `${name}.jsonl`)));
      const { lines, unknown, prompts, promptsUnknown } = sharesOf(told);
      shares.push(
        `${name} ${lines - unknown}/${lines} lines, ${prompts - promptsUnknown}/${prompts} prompts`,
      );
      for (const one of told) {
        if ("as" in one && one.as.kind === "unknown") left.push(`${name}: ${one.line}`);
        if ("open" in one && one.prompt === undefined) left.push(`${name}: ${one.open}|`);
      }
    }
    console.info(`explained: ${shares.join("; ")}`);
    expect(left).toEqual([]);
  },
);

test.skipIf(capturesMissing)(`a line is explained in the same way however it is cut${whyMissing}`, () => {
  for (const name of sessions) {
    const told = everyWay(serverBytes(name), 11).map(({ how, pieces }) => {
      const line = createLine();
      const explain = createExplainer();
      const lines = pieces.flatMap((piece) =>
        line.feed(piece).events.flatMap((event) => (event.type === "line" ? [explain(event.text)] : [])),
      );
      return { how, told: JSON.stringify(lines) };
    });
    for (const { how, told: this_ } of told) {
      if (this_ !== told[0]!.told) throw new Error(`${name}, ${how}: explained otherwise than in one piece`);
    }
  }
});

const kinds = (...lines: string[]) => {
  const explain = createExplainer();
  return lines.map((line) => explain(line).kind);
};
const command = "Command [TL=00:00:00]:[852] (?=Help)? : ";

test("what nobody has seen before is unknown", () => {
  expect(kinds("The moon is made of cheese.", "║ half a menu", "99 bottles", "x".repeat(2_000))).toEqual([
    "unknown",
    "unknown",
    "unknown",
    "unknown",
  ]);
  expect(kinds("", "   ")).toEqual(["blank", "blank"]);
});

test("a display explains its lines and swallows neither facts nor prompts, nor what comes after it", () => {
  const loading = "Trade Wars 2002 Win32 module now loading.";
  const deducted = "One turn deducted, 5 turns left.";
  expect(kinds("░░ art", loading, "░░ art", deducted, "░░ art", "[Pause]", "░░ art")).toEqual([
    "unknown",
    "fact",
    "text",
    "fact",
    "text",
    "text",
    "unknown",
  ]);
  // One that has pages goes on after a pause.
  const page = [
    "Enter your choice: I",
    "Chapter one",
    "[Pause]",
    "Chapter two",
    `${command}D`,
    "Chapter three",
  ];
  expect(kinds(...page)).toEqual(["text", "text", "text", "text", "fact", "unknown"]);
});

test("no display goes on for ever", () => {
  const explain = createExplainer();
  explain("Trade Wars 2002 Win32 module now loading.");
  let lines = 0;
  while (explain("░░ art").kind === "text" && lines < 10_000) lines++;
  expect(lines).toBeGreaterThan(150);
  expect(lines).toBeLessThan(1_000);
});

test("the words of others are told from the game's", () => {
  const lines = [
    "F Wingma hello",
    "Sector  : 7 in uncharted space.",
    "Beacon  : Trader Name    : Nobody",
    "Searching for messages received since your last time on:",
    "From Wingman, 02:10:18 PM Mon Nov 22, 2038",
    "Turns left     : 0",
    "[Pause]",
    "<Scanning for Hazardous Sectors you have marked to Avoid>",
    "You have 250 turns this Stardate.",
  ];
  expect(kinds(...lines)).toEqual([
    "words",
    "fact",
    "words",
    "text",
    "words",
    "words",
    "text",
    "text",
    "fact",
  ]);
});

test("a sentence is known by its hash, whatever its figures", () => {
  expect(proseHash("It costs 1,000 credits.")).toBe(proseHash("  It costs 5  credits. "));
  expect(proseHash("It costs 5 credits.")).not.toBe(proseHash("It cost 5 credits."));
});

function heard(): Console & { text: string } {
  const console = {
    text: "",
    out: (text: string) => void (console.text += text),
    err: () => undefined,
    isTty: false,
    errIsTty: false,
    colour: false,
    columns: 80,
  };
  return console;
}

const hex = (text: string) => Buffer.from(text, "latin1").toString("hex");
const recorded = (...lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const server = (t: number, text: string) => ({ t, d: "S", hex: hex(text) });
const client = (t: number, text: string) => ({ t, d: "C", hex: hex(text) });

test("explain shows each line with its facts, prompts with their keys, and the share", () => {
  const good = recorded(
    { t: 0, d: "H", source: "a test" },
    client(0.1, "\xff\xfc\xf6"),
    { t: 0.5, d: "L", label: "looking" },
    server(1, `\r\n\x1b[35m${command}`),
    client(2, "D"),
    server(2.5, "D\r\n<Re-Display>\r\n\r\nYou have 250 turns this Stardate.\r\n"),
    { t: 3, d: "X", hex: "" },
  );
  const console = heard();
  expect(explainDoor([file("good.jsonl", good)], false, console)).toBe(0);
  expect(console.text).toContain("label    looking");
  expect(console.text).toContain(`prompt   ${command}| keys "D", command`);
  expect(console.text).toContain("fact     You have 250 turns this Stardate. => turns left=250");
  expect(console.text).toMatch(/good\.jsonl: 100% of 3 lines explained .*, 1 of 1 prompts\n$/);

  const json = heard();
  expect(explainDoor([join(folder, "good.jsonl")], true, json)).toBe(0);
  const objects = json.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects.at(-1)).toMatchObject({ lines: 3, facts: 2, texts: 1, unknown: 0, prompts: 1 });
  expect(objects).toContainEqual(
    expect.objectContaining({ kind: "fact", facts: [{ type: "turns", left: 250 }] }),
  );
});

test("explain ends with 1 where a line or a prompt is unknown, and no control character gets out", () => {
  const line = file("line.jsonl", recorded(server(1, "Sector \x07\x9b31m of nowhere\r\n")));
  const console = heard();
  expect(explainDoor([line], false, console)).toBe(1);
  expect(console.text).toContain("UNKNOWN");
  // oxlint-disable-next-line no-control-regex
  expect(console.text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  const prompt = file("prompt.jsonl", recorded(server(1, "Who goes there? "), client(2, "me")));
  expect(explainDoor([prompt], false, heard())).toBe(1);
  const typed = recorded(server(1, command), client(2, "40"), server(2.1, "40"), client(3, "3\r"));
  expect(explainDoor([file("typed.jsonl", typed)], false, heard())).toBe(0);
});

test("keys typed ahead one by one are known though their prompt was never seen bare", () => {
  const ahead = recorded(
    server(1, command),
    client(2, "M"),
    client(2.1, "8"),
    server(2.2, "M\r\n<Move>\r\nTo which Sector ? 8"),
    client(2.3, "7"),
    client(2.4, "\r"),
  );
  const console = heard();
  expect(explainDoor([file("ahead.jsonl", ahead)], false, console)).toBe(0);
  expect(console.text).toContain("toSector");
});

test("what was typed where a password was asked for is not shown", () => {
  const secret = recorded(server(1, "Password? "), client(2, "hush\r"));
  const console = heard();
  explainDoor([file("secret.jsonl", secret)], false, console);
  expect(console.text).not.toContain("hush");
});

test("a file that is no recording is refused with its line, before anything is printed", () => {
  const good = file("first.jsonl", recorded({ t: 0, d: "H" }));
  const wrong: readonly (readonly [text: string, where: string])[] = [
    ["", "expected a recording"],
    ["hello\n", "wrong.jsonl:1: expected a line of a recording"],
    [`${recorded({ t: 0, d: "H" })}{"t":1,"d":"S","hex":"0"}\n`, "wrong.jsonl:2:"],
    [recorded({ t: -1, d: "X" }), 'at "t"'],
    [recorded({ t: 0, d: "Q" }), 'at "d"'],
  ];
  for (const [text, where] of wrong) {
    const console = heard();
    const path = file("wrong.jsonl", text);
    expect(() => explainDoor([good, path], false, console)).toThrow(where);
    expect(console.text).toBe("");
  }
  expect(() => explainDoor([join(folder, "none.jsonl")], false, heard())).toThrow("Cannot read");
});
