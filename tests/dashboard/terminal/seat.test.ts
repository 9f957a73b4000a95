import { describe, expect, test } from "bun:test";
import type { SocketEars } from "../../../src/dashboard/socket.ts";
import { createSeat } from "../../../src/dashboard/terminal/seat.ts";
import { pastMax, type Change } from "../../../src/dashboard/terminal/sheet.ts";
import { keysMax, leaseBeatMs } from "../../../src/proto/terminal.ts";
import type { TerminalAsked, TerminalTold } from "../../../src/proto/terminal-view.ts";

/** A seat whose line, frames and time are in the test's hand. */
function seated() {
  const said: TerminalAsked[] = [];
  const drawn: Change[] = [];
  const beats = new Map<() => void, number>();
  let frame: (() => void) | undefined;
  let ears: SocketEars | undefined;
  let isOpen = false;
  let dialled = 0;
  const seat = createSeat({
    bot: "bot_1",
    dial(given) {
      ears = given;
      dialled++;
      isOpen = true;
      return {
        say: (message) => isOpen && said.push(message as TerminalAsked) > 0,
        close: () => void (isOpen = false),
      };
    },
    nextFrame(work) {
      frame = work;
      return () => (frame = undefined);
    },
    every(ms, work) {
      beats.set(work, ms);
      return () => void beats.delete(work);
    },
    draw: (change) => drawn.push(change),
  });
  seat.open();
  ears!.opened?.();
  return {
    seat,
    said,
    drawn,
    beats,
    dialled: () => dialled,
    address: () => ears!.address(),
    tell: (...messages: TerminalTold[]) => messages.forEach((message) => ears!.told(message)),
    paint: () => frame?.(),
    breakLine: (code = 1006) => {
      isOpen = false;
      return ears!.closed?.(code, "");
    },
  };
}
const textOf = (change: Change | undefined) =>
  change?.rows.map((row) =>
    row
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );

describe("what the game shows", () => {
  test("comes between two frames is drawn once, with the rows that scrolled off", () => {
    const { tell, paint, drawn, seat } = seated();
    tell({ type: "shown", text: "one\r\n", fresh: true });
    tell({ type: "shown", text: `${"\r\n".repeat(23)}two\r\nthree` });
    expect(drawn).toHaveLength(0);
    paint();
    expect(drawn).toHaveLength(1);
    expect(drawn[0]!.fresh).toBe(true);
    expect(drawn[0]!.gone).toHaveLength(1);
    expect(textOf(drawn[0])!.slice(-2)).toEqual(["two", "three"]);
    expect(seat.text().at(-1)).toBe("three");
    tell({ type: "shown", text: "!" });
    paint();
    expect(drawn[1]).toMatchObject({ fresh: false, gone: [] });
  });

  test("a hidden tab keeps no more of the past than can be scrolled back to", () => {
    const { tell, paint, drawn } = seated();
    for (let i = 0; i < 100; i++) tell({ type: "shown", text: "x\r\n".repeat(100) });
    paint();
    expect(drawn[0]!.gone.length).toBeGreaterThanOrEqual(pastMax);
    expect(drawn[0]!.gone.length).toBeLessThanOrEqual(2 * pastMax);
  });

  test("begins anew when the past is told again", () => {
    const { tell, paint, drawn } = seated();
    tell(
      { type: "shown", text: "x\r\n".repeat(40), fresh: true },
      { type: "shown", text: "new", fresh: true },
    );
    paint();
    expect(drawn[0]).toMatchObject({ fresh: true, gone: [] });
    expect(textOf(drawn[0])![0]).toBe("new");
  });
});

describe("the keys", () => {
  test("are asked for, kept by a beat while they are ours, and given back", () => {
    const { seat, said, tell, beats } = seated();
    seat.take();
    expect(seat.holder.value).toBe("asked");
    // A bot may be longer on its way to a prompt than the lease lasts.
    expect([...beats.values()]).toEqual([leaseBeatMs]);
    tell({ type: "taken" });
    expect(seat.holder.value).toBe("us");
    for (const beat of beats.keys()) beat();
    seat.give();
    tell({ type: "given", reason: "Given back" });
    expect(seat.holder.value).toBe("bot");
    expect(seat.reason.value).toBeUndefined();
    expect(beats.size).toBe(0);
    expect(said.map(({ type }) => type)).toEqual(["take", "beat", "give"]);
  });

  test("type only while they are ours, in words as long as may be", () => {
    const { seat, said, tell } = seated();
    expect(seat.type("D")).toBe(false);
    tell({ type: "taken" });
    expect(seat.type("x".repeat(keysMax + 1))).toBe(true);
    expect(said.map((word) => (word.type === "type" ? word.keys.length : 0))).toEqual([keysMax, 1]);
  });

  test("that are refused or taken away say why", () => {
    const { seat, tell } = seated();
    seat.take();
    tell({ type: "given", reason: "Somebody else has the keys" });
    expect([seat.holder.value, seat.reason.value]).toEqual(["bot", "Somebody else has the keys"]);
    tell({ type: "held", by_other: true });
    expect(seat.holder.value).toBe("other");
    tell({ type: "held", by_other: false });
    expect(seat.holder.value).toBe("bot");
  });

  test("are the bot's again when the line breaks, and that is told", () => {
    const { seat, tell, breakLine, beats, said } = seated();
    seat.take();
    tell({ type: "taken" });
    expect(breakLine()).toBe(true);
    expect(seat.holder.value).toBe("bot");
    expect(seat.reason.value).toContain("line to the manager broke");
    expect(seat.line.value).toBe("lost");
    expect(beats.size).toBe(0);
    seat.take();
    expect(seat.holder.value).toBe("bot");
    expect(said).toHaveLength(1);
  });

  test("are given back on leaving, and the seat can be taken again", () => {
    const { seat, tell, said, dialled } = seated();
    tell({ type: "taken" });
    seat.close();
    seat.close();
    expect(said).toEqual([{ type: "give" }]);
    expect(seat.holder.value).toBe("bot");
    seat.open();
    seat.open();
    expect(dialled()).toBe(2);
  });
});

test("nobody dials again for a bot that is off the list", () => {
  const { breakLine, address } = seated();
  expect(address()).toBe("/ws/bot/bot_1/terminal");
  expect(breakLine(1000)).toBe(false);
});
