import { describe, expect, test } from "bun:test";
import { createLine, type Line } from "../../src/player/line.ts";
import type { LineEvent } from "../../src/proto/lines.ts";
import { capturesMissing, readSession, serverBytes, sessionNames, whyMissing } from "../captures.ts";
import { bestMs, byteByByte, cutAt, seeded } from "../cuts.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** All that was settled on the line, as one text to compare: open lines depend on the cuts, these must not. */
function settled(pieces: readonly Uint8Array[], line: Line = createLine()): string {
  const told: string[] = [];
  for (const piece of pieces) {
    for (const event of line.feed(piece).events) {
      if (event.type === "line") told.push(`|${event.text}`);
      else if (event.type === "erased") told.push("erased");
    }
  }
  return told.join("\n");
}

test("keys leave as CP437 with FF doubled, Enter as a bare CR", () => {
  const { encode } = createLine();
  expect([...encode("pt\rñ\u00a0")]).toEqual([0x70, 0x74, 0x0d, 0xa4, 0xff, 0xff]);
});

test("replies are gathered for each piece, and there are none when nothing was asked", () => {
  const line = createLine();
  expect(line.feed(Uint8Array.of(0, 255, 253)).replies).toBeUndefined();
  expect([...line.feed(Uint8Array.of(246, 255, 253, 0)).replies!]).toEqual([255, 252, 246, 255, 251, 0]);
  expect(line.feed(bytesOf("hello")).replies).toBeUndefined();
});

test("telnet in the middle of a word or of a colour does not part it", () => {
  const line = createLine();
  const bytes = [...bytesOf("Com\xff\xf1mand\x1b[1"), 255, 251, 1, ...bytesOf(";33m [TL]\r\n")];
  expect(line.feed(Uint8Array.from(bytes)).events).toEqual([{ type: "line", text: "Command [TL]" }]);
});

describe("recorded sessions", () => {
  const seeds = 20;

  for (const name of capturesMissing ? ["(none)"] : sessionNames()) {
    test.skipIf(capturesMissing)(
      `${name} reads the same whole, byte by byte and in 1,000 cuts${whyMissing}`,
      () => {
        const bytes = serverBytes(name);
        const asWhole = settled([bytes]);
        if (!name.startsWith("01")) expect(asWhole).not.toBe("");
        expect(settled(byteByByte(bytes)) === asWhole).toBe(true);
        for (let seed = 0; seed < seeds; seed++) {
          if (settled(cutAt(bytes, 1_000, seed)) !== asWhole)
            throw new Error(`${name} differs with seed ${seed}`);
        }
      },
    );
  }

  test.skipIf(capturesMissing)(
    `a chat in the middle of a prompt takes it away and gives it back${whyMissing}`,
    () => {
      const line = createLine();
      const told = readSession("11-two-players").flatMap((event): readonly LineEvent[] =>
        event.from === "server" ? line.feed(event.bytes).events : [],
      );
      const at = told.findIndex(
        (event) => event.type === "line" && event.text === "F Wingma Hello from Wingman",
      );
      const prompt = { type: "open", text: "Command [TL=00:00:00]:[393] (?=Help)? : " } as const;
      expect(told.slice(at - 1, at + 3)).toEqual([
        { type: "erased" },
        { type: "line", text: "F Wingma Hello from Wingman" },
        { type: "line", text: "" },
        prompt,
      ]);
    },
  );

  test.skipIf(capturesMissing)(
    `the open line shows the prompt each time the player typed a command${whyMissing}`,
    () => {
      const line = createLine();
      let open = "";
      const answered = new Set<string>();
      for (const event of readSession("04-basics")) {
        if (event.from === "client") answered.add(open.replace(/\d+/g, "N"));
        if (event.from !== "server") continue;
        for (const told of line.feed(event.bytes).events) open = told.type === "open" ? told.text : "";
      }
      for (const prompt of [
        "Please enter your name (ENTER for none): ",
        "Enter your choice: ",
        "[Pause]",
        "Command [TL=N:N:N]:[N] (?=Help)? : ",
        "Computer command [TL=N:N:N]:[N] (?=Help)? ",
        "Your offer [N] ? ",
      ]) {
        expect([...answered]).toContain(prompt);
      }
    },
  );
});

describe("garbage", () => {
  test("of random bytes is read without a throw, in bounded time, the same however cut", () => {
    const chance = seeded(2002);
    hurt(400, () => Uint8Array.from({ length: 1_024 }, () => Math.floor(chance() * 256)));
  });

  test("of likely bytes is read without a throw, in bounded time, the same however cut", () => {
    const chance = seeded(2003);
    const likely = bytesOf("\x1b\x1b[[[]0189;;?KJHACDGmsu\r\n\b\tab  \xff\xff\xfa\xf0\xfb\xfd\xdb\x91");
    hurt(400, () => Uint8Array.from({ length: 1_024 }, () => likely[Math.floor(chance() * likely.length)]!));
  });

  test.skipIf(capturesMissing)(`of recordings with bytes changed is read likewise${whyMissing}`, () => {
    const chance = seeded(2004);
    const bytes = serverBytes("04-basics");
    hurt(400, () => {
      const from = Math.floor(chance() * (bytes.length - 1_024));
      const piece = bytes.slice(from, from + 1_024);
      for (let i = 0; i < 20; i++) piece[Math.floor(chance() * piece.length)] = Math.floor(chance() * 256);
      return piece;
    });
  });

  /** Feeds `rounds` pieces of 1 KB to one line whole and to another in cuts; at most 1 ms each, taken together. */
  function hurt(rounds: number, make: () => Uint8Array): void {
    const asWhole = createLine();
    const inCuts = createLine();
    const pieces = Array.from({ length: rounds }, make);
    const told = pieces.map((piece) => settled([piece], asWhole));
    const took = bestMs(rounds, () => pieces.forEach((piece) => settled([piece])));
    expect(took).toBeLessThan(rounds);
    const cut = pieces.map((piece, seed) => settled(cutAt(piece, 50, seed), inCuts));
    expect(cut.filter(Boolean)).toEqual(told.filter(Boolean));
  }
});

test("a screenful of motion, tabs and wiping cannot make much text of few bytes", () => {
  for (const trick of [
    "\x1b[9999C\n",
    "\t\n",
    "x\b\x1b[K",
    "\x1b[99C\x1b[1K",
    "a\x1b[2J",
    "\x1b[80C\x1b[2K",
  ]) {
    const bytes = bytesOf(trick.repeat(20_000));
    const text = settled([bytes]);
    expect(text.length).toBeLessThan(bytes.length * 12);
  }
});

test("ten times as long a line that comes byte by byte takes ten times as long, not a hundred times", () => {
  const took = (length: number) => {
    const pieces = byteByByte(new Uint8Array(length).fill(0x58));
    return bestMs(20, () => {
      const line = createLine();
      for (const piece of pieces) line.feed(piece);
    });
  };
  expect(took(200_000)).toBeLessThan(40 * took(20_000));
});
