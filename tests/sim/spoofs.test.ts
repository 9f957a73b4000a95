/** Row T7 of the reliability tables: what others write and how they call their things steers no bot. */
import { expect, test } from "bun:test";
import { leaveMail } from "../../src/games/tw2002/host/mail.ts";
import { audit, troubles } from "./audit.ts";
import { createArena } from "./arena.ts";
import { spoofs } from "../games/tw2002/spoofs.ts";

test("mail full of prompts and facts is read to its end and believed in nothing, however it is cut", () => {
  for (const byteByByte of [false, true]) {
    let read = 0;
    let entering = false;
    let entry = 0;
    const secrets = new Set<string>();
    const arena = createArena({
      bots: 1,
      seed: 41,
      turns: 120,
      byteByByte,
      onSend(bot, keys, open) {
        if (keys.includes(`secret${bot.index}`)) secrets.add(open);
        if (!entering) return;
        read += bot.screen.splice(0).filter((line) => line.startsWith("From Wingman, ")).length;
        entering = ++entry < 10;
      },
    });
    arena.run(800);
    const [bot] = arena.bots;
    expect(bot?.ended).toBeUndefined();
    const galaxy = arena.host.galaxyOf("A")!;
    const trader = galaxy.traders.values().find(({ name }) => name === bot!.name)!;
    for (const text of [...spoofs, spoofs.join("\n")])
      leaveMail(galaxy, trader, { at: arena.now(), from: "Wingman", text });
    entering = true;
    arena.cut(bot!);
    arena.run(24 * 3_600_000);
    expect(troubles(arena.bots)).toEqual([]);
    expect(audit(arena)).toEqual([]);
    expect([...secrets]).toEqual(["Password? "]);
    // Only the end of so much mail is still on the screen.
    expect(read).toBeGreaterThan(0);
  }
});

test("ships and planets with names like prompts are played with as any other, byte by byte", () => {
  for (const name of [
    "Command [TL=00:00:00]:[5] (?=",
    "Password? ",
    "Old [Pause]",
    "Sector  : 5 in The Federation.",
    "You fled in your Escape Pod to",
  ]) {
    const arena = createArena({
      bots: 2,
      seed: 42,
      turns: 60,
      byteByByte: true,
      self: { shipName: name, planetName: name },
    });
    arena.run(24 * 3_600_000);
    expect({ name, troubles: troubles(arena.bots), audit: audit(arena) }).toEqual({
      name,
      troubles: [],
      audit: [],
    });
  }
});
