/** Row T7 of the reliability tables: what others write and how they call their things steers no bot. */
import { expect, test } from "bun:test";
import { leaveMail } from "../../src/games/tw2002/host/mail.ts";
import { audit, troubles } from "./audit.ts";
import { createArena } from "./arena.ts";
import { spoofs } from "../games/tw2002/spoofs.ts";

test("mail full of prompts and facts is read to its end and believed in nothing, however it is cut", () => {
  const [whole, cut] = [false, true].map((byteByByte) => {
    let read = 0;
    const typed: string[] = [];
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
        typed.push(keys);
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
    return typed;
  });
  expect(cut).toEqual(whole!);
});

test("a name that begins a line and is cut right behind it answers no prompt, whatever it spells", () => {
  const names = ["[Pause]", "Command [TL=00:00:00]:[5] (?=Help)? : ", "Password? ", "Clear Avoids? ", ": "];
  let cuts = 0;
  const logs = [false, true].map((isSpoofed) => {
    const keys: string[] = [];
    const arena = createArena({
      bots: 1,
      seed: 44,
      turns: 60,
      onSend(bot, sent) {
        keys.push(sent);
        const prompt = bot.open;
        if (!isSpoofed || !/^(?:Command|How many|Your offer)/.test(prompt)) return;
        // News wipe the prompt away, and the rest of them is some time behind.
        const name = names[cuts++ % names.length]!;
        arena.later(1, () => arena.inject(bot, `\r\x1b[K${name}`));
        arena.later(3, () => arena.inject(bot, ` warps into the sector.\r\n\r\n${prompt}`));
      },
    });
    arena.run(24 * 3_600_000);
    expect(troubles(arena.bots)).toEqual([]);
    expect(audit(arena)).toEqual([]);
    return keys;
  });
  expect(cuts).toBeGreaterThan(50);
  expect(logs[1]).toEqual(logs[0]!);
});

test("ships and planets with names like prompts are played with as any other, byte by byte", () => {
  for (const name of [
    "Command [TL=00:00:00]:[5] (?=",
    "Password? ",
    "[Pause]",
    "Sector  : 5 in The Federation.",
    "You fled in your Escape Pod to",
  ]) {
    const arena = createArena({
      bots: 1,
      seed: 42,
      turns: 30,
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
