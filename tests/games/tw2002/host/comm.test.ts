import { describe, expect, test } from "bun:test";
import { deleteTrader } from "../../../../src/games/tw2002/host/ages/deletion.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { atHome, comeBack, createTable, enlist, noon, plain, type Table } from "./players.ts";
import { atGameMenu, galaxyOf, replay, traderOf } from "./recorded.ts";
import { press, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";
import { mailMax } from "../../../../src/games/tw2002/host/mail.ts";

const prompt = "\nCommand [TL=00:00:00]:[1] (?=Help)? : ";
const named = (table: Table, name: string) => {
  const trader = table.galaxy.byName.get(name.toLowerCase());
  if (!trader) throw new Error(`Nobody is called ${name}`);
  return trader;
};

describe.skipIf(capturesMissing)(`messages as they were recorded${whyMissing}`, () => {
  test("what the sender sees of a message to all, on sub-space, and to nobody", () => {
    const steps = stepsOf("10-default-universe-newplayer").filter(({ label }) => label === "comm");
    const trader = traderOf({
      login: "botone",
      name: "botone",
      sector: 1607,
      turnsSince: noon,
      lastOn: noon,
    });
    const galaxy = galaxyOf(
      reveal("10-default-universe-newplayer", 5000, 0, noon),
      {},
      { at: noon, traders: [trader], seen: [1607, 3844].map((sector) => ({ trader: 1, sector })) },
    );
    const { host, caller } = atGameMenu(galaxy, "botone", noon);
    for (const keys of ["T\r", "N", "\r", "secret1\r", "\r"]) press(host, caller, keys, noon);
    replay(host, caller, steps, noon);
  });
});

test("a message reaches those who listen to its channel and have not asked for silence", () => {
  const table = createTable();
  const [sender, hearer] = [enlist(table, "Wingman"), enlist(table, "zed")];
  const { preferences } = named(table, "zed");
  const heard = (keys: string) => {
    table.take(hearer);
    table.press(sender, keys);
    return plain(table.take(hearer));
  };
  expect(heard("`one\r")).toContain("F Wingma one\n");
  preferences.fedComm = false;
  expect(heard("`two\r")).toBe("");
  expect(heard("'three\r")).toContain("R Wingma three\n");
  preferences.channel = 7;
  expect(heard("'four\r")).toBe("");
  named(table, "Wingman").preferences.channel = 7;
  expect(heard("'five\r")).toContain("R Wingma five\n");
  expect(heard("=zed\rsix\r")).toContain("P Wingma six\n");
  preferences.hails = false;
  expect(heard("=zed\rseven\r")).toBe("");
  expect(plain(table.press(sender, "=zed\reight\r"))).toContain("zed does not receive hails now.\n");
  Object.assign(preferences, { hails: true, fedComm: true, silence: true });
  expect(heard("`nine\r=zed\rten\r'eleven\r")).toBe("");
});

test("in full a message names its sender and channel, and rings for whoever wants to be paged", () => {
  const table = createTable();
  const [sender, hearer] = [enlist(table, "Wingman"), enlist(table, "zed")];
  Object.assign(named(table, "zed").preferences, { compact: false, page: true });
  table.take(hearer);
  table.press(sender, "`hello\r");
  expect(plain(table.take(hearer))).toBe(
    `\x07Incoming transmission from Wingman on Federation comm-link:\nhello\n${prompt}`,
  );
});

test("Enter instead of a message asks for several lines, and an empty one ends them", () => {
  const table = createTable();
  const [sender, hearer] = [enlist(table, "Wingman"), enlist(table, "zed")];
  table.take(hearer);
  expect(plain(table.press(sender, "`\rone\rtwo\r\r"))).toEndWith(
    `Message sent on Federation comm-link.\n${prompt}`,
  );
  const heard = plain(table.take(hearer));
  expect([heard.includes("F Wingma one"), heard.includes("F Wingma two")]).toEqual([true, true]);
  expect(plain(table.press(sender, "`\r\r"))).not.toContain("Message sent");
});

test("a hail to somebody who is away waits for him, through a restart, until he cleans up his box", () => {
  const table = createTable();
  const [sender, away] = [enlist(table, "Wingman"), enlist(table, "zed")];
  table.host.hungUp(away, table.now);
  table.wait(1000);
  expect(plain(table.press(sender, "=ze\rcall me\r"))).toContain(
    "zed is not on line.  Your message will be waiting.",
  );
  const saved = galaxyFrom(allRows(table.galaxy), []);
  const later = createTable({ galaxy: saved });
  later.now = table.now;
  const shownAtTheDoor = (screens: Table) => {
    const caller = screens.connect();
    for (const keys of ["\xff\xfc\xf6", "zed\r", "A", "\r", "T\r", "N", "\r"]) screens.press(caller, keys);
    return { caller, screen: plain(screens.press(caller, "pw\r")) };
  };
  const first = shownAtTheDoor(later);
  expect(first.screen).toContain("call me\n[Pause]");
  later.press(first.caller, "\r");
  expect(plain(later.press(first.caller, ":N"))).toContain("There are 1 messages in your mailbox.");
  expect(named(later, "zed").mail.length).toBe(1);
  expect(plain(later.press(first.caller, ":Y:"))).toContain("Your mailbox is empty.");
  later.host.hungUp(first.caller, later.now);
  later.wait(1000);
  expect(shownAtTheDoor(later).screen).toContain("No messages received.\n[Pause]");
});

test("a box holds only so many messages, and what comes while it is cleaned up is kept", () => {
  const table = createTable();
  const [sender, owner] = [enlist(table, "Wingman"), enlist(table, "zed")];
  table.host.hungUp(owner, table.now);
  for (let message = 0; message < mailMax + 5; message++) table.press(sender, `=zed\r${message}\r`);
  const { mail } = named(table, "zed");
  expect([mail.length, mail[0]?.text]).toEqual([mailMax, "5"]);
  const { caller } = comeBack(table, "zed");
  table.press(caller, ":");
  named(table, "zed").mail.push({ at: table.now, from: "Wingman", text: "late" });
  table.press(caller, "Y");
  expect(named(table, "zed").mail.map(({ text }) => text)).toEqual(["late"]);
});

test("a name means whoever bears it, then whose begins so, then whose has it in it, and never the one who asks", () => {
  const table = createTable();
  const bob = enlist(table, "Bob");
  for (const name of ["Bobby", "Old Ned"]) table.host.hungUp(enlist(table, name), table.now);
  expect(plain(table.press(bob, "=bobb\rhello\r"))).toContain("Bobby");
  expect(plain(table.press(bob, "=ned\rhello\r"))).toContain("Old Ned");
  table.press(bob, "=bob\rhello\r\r");
  expect(named(table, "Bobby").mail).toHaveLength(1);
  expect(named(table, "Bob").mail).toHaveLength(0);
});

test("words for somebody who is struck off while they are typed bring nobody back", () => {
  const table = createTable();
  const [sender, gone] = [enlist(table, "Wingman"), enlist(table, "zed")];
  table.host.hungUp(gone, table.now);
  const zed = named(table, "zed");
  table.press(sender, "=zed\rfare");
  deleteTrader(table.galaxy, zed);
  table.host.takeChanges();
  table.press(sender, "well\r");
  expect(table.host.takeChanges()[0]?.changes.trader.has(zed)).toBe(false);
});

test("a bare LF, a NUL after CR and a DEL are no keys anywhere", () => {
  const table = createTable();
  const caller = enlist(table, "zed");
  expect(table.press(caller, "\n\x7f\n")).toBe("");
  expect(plain(table.press(caller, "I\n")).match(/<Info>/g)?.length).toBe(1);
  expect(plain(table.press(caller, "\r\x00")).match(/<Re-Display>/g)?.length).toBe(1);
  expect(plain(table.press(caller, "Q\r\n"))).toBe(`Q\n<Quit>\nConfirmed? (Y/N)? No\n${prompt}`);
});

test("whoever probes the prompt gets it back with the probe in it", () => {
  const table = createTable();
  const caller = enlist(table, "zed");
  expect(plain(table.press(caller, "\x91"))).toBe("\n\n\nCommand\x91\b [TL=00:00:00]:[1] (?=Help)? : ");
});

test("the game's state and its access modes are shown at the helm", () => {
  const table = createTable();
  const caller = enlist(table, "zed");
  expect(plain(table.press(caller, "@"))).toContain("Trade Wars 2002 Game Configuration and Status");
  const access = plain(table.press(caller, "$"));
  expect(access).toContain("This game allows unlimited multiplayer access.");
  expect(atHome(access)).toBe(true);
});
