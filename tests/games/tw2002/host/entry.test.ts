import { expect, test } from "bun:test";
import { passwordTriesMax } from "../../../../src/games/tw2002/host/entry.ts";
import { atHome, comeBack, createTable, dial, enlist, plain, telnetReply } from "./players.ts";

test("a caller is met with a NUL and DO 246, and with the rest once he has answered", () => {
  const table = createTable();
  const caller = table.connect();
  expect(table.take(caller)).toBe("\x00\xff\xfd\xf6");
  expect(table.press(caller, "ignored before telnet is found")).toBe("");
  const met = table.press(caller, telnetReply);
  expect(Buffer.from(met.slice(0, 42), "latin1").toString("hex")).toBe(
    "fffb00fffd00fffb01fffb03fffc05fffe18fffe1ffffe20fffe21fffe22fffc27fffe27fffc24fffe24",
  );
  expect(met.slice(42)).toBe("Telnet connection detected.\n\r\n\rPlease enter your name (ENTER for none): ");
});

test("a silent caller is told so after five seconds and dropped", () => {
  const table = createTable();
  const caller = table.connect();
  table.take(caller);
  table.wait(4999);
  expect(table.take(caller)).toBe("");
  table.wait(1);
  expect(table.take(caller)).toBe("Failed to detect protocol.  Expected Telnet...");
  expect(table.closed.has(caller)).toBe(true);
});

test("one caller too many is turned away", () => {
  const table = createTable({ maxCallers: 1 });
  table.connect();
  const second = table.connect();
  expect(table.take(second)).toBe("\x00Game server is currently full.");
  expect(table.closed.has(second)).toBe(true);
});

test("telnet commands are found wherever the bytes are cut", () => {
  const table = createTable();
  const caller = table.connect();
  for (const byte of `${telnetReply}\xff\xfa\x18\x00vt\xff\xffq\xff\xf0z\xff\xfb\x1fed\r\x00`) {
    table.press(caller, byte);
  }
  expect(plain(table.press(caller, "#"))).toContain("Node 1   Menu   : zed");
});

test("a newcomer who mistypes his password is asked again, and backspace mends a name", () => {
  const table = createTable();
  const caller = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "one\r"]) table.press(caller, keys);
  expect(plain(table.press(caller, "two\r"))).toBe("***\nPasswords didn't match.  Try again.\nPassword? ");
  for (const keys of ["one\r", "one\r", "\r"]) table.press(caller, keys);
  expect(table.press(caller, "Rusx\bty\r")).toContain(
    "Rusx\b \bty\r\x1b[0m\n\r\n\x1b[32mRusty\x1b[1;36m is what",
  );
  expect(plain(table.press(caller, "N"))).toContain("What do you want to name your ship?");
  table.press(caller, "Bolt\r");
  expect(atHome(plain(table.press(caller, "Y")))).toBe(true);
});

test("wrong passwords are refused and at last the line is dropped", () => {
  const table = createTable();
  table.host.hungUp(enlist(table, "zed"), table.now);
  const caller = dial(table, "ZED");
  for (const keys of ["T\r", "N", "\r"]) table.press(caller, keys);
  for (let attempt = 1; attempt <= passwordTriesMax; attempt++) {
    expect(table.closed.has(caller)).toBe(false);
    expect(plain(table.press(caller, "guess\r"))).toContain("Invalid password.");
  }
  expect(table.closed.has(caller)).toBe(true);
  expect(atHome(comeBack(table, "zed").screen)).toBe(true);
});

test("a second login with the right password takes the trader over from the first", () => {
  const table = createTable();
  const first = enlist(table, "zed");
  const { caller, screen } = comeBack(table, "zed");
  expect(atHome(screen)).toBe(true);
  expect(table.closed.has(first)).toBe(true);
  expect(atHome(plain(table.press(caller, "D")))).toBe(true);
  expect(table.host.books().length).toBe(1);
});

test("a trader's name that is taken leads to an alias, and words of rank are refused", () => {
  const table = createTable();
  const first = dial(table, "one");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "N", "Captain Zed\r"]) table.press(first, keys);
  for (const keys of ["Zed\r", "Y", "Ship\r", "Y"]) table.press(first, keys);
  const second = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r"]) table.press(second, keys);
  expect(plain(table.press(second, "B"))).toContain(
    "there is already a trader named Zed".replace("Zed", "zed"),
  );
  for (const keys of ["Zander\r", "Y", "Ship\r"]) table.press(second, keys);
  expect(atHome(plain(table.press(second, "Y")))).toBe(true);
  expect(table.host.books().map(({ name }) => name)).toEqual(["Zed", "Zander"]);
});

test("a forgotten pause says what it waits for after ten seconds, once", () => {
  const table = createTable();
  const caller = table.connect();
  for (const keys of [telnetReply, "zed\r", "A"]) table.press(caller, keys);
  table.wait(9999);
  expect(table.take(caller)).toBe("");
  table.wait(1);
  expect(table.take(caller)).toBe(" - \x1b[1m[Press Space or Enter to continue]");
  table.wait(60_000);
  expect(table.take(caller)).toBe("");
});

test("an idle player is warned three times and put out to the server's menu", () => {
  const table = createTable();
  const caller = enlist(table, "zed");
  const said = [240_000, 30_000, 20_000, 10_000].map((ms) => {
    table.wait(ms);
    return plain(table.take(caller));
  });
  expect(said[0]).toContain("  Your session will be terminated in Sixty seconds.");
  expect(said[1]).toContain("  You now have Thirty seconds until termination.");
  expect(said[2]).toContain("  Only TEN seconds remain.  Session termination is imminent.");
  expect(said[3]).toStartWith("CRITICAL INACTIVITY:  Your session has been terminated.");
  expect(said[3]).toEndWith("Selection (? for menu): ");
  table.press(caller, "Q");
  expect(table.closed.has(caller)).toBe(true);
});

test("with latency the answer comes so much later, and nothing is lost", () => {
  const table = createTable({ latencyMs: 150 });
  const caller = table.connect();
  table.press(caller, telnetReply);
  table.wait(149);
  expect(table.take(caller)).not.toContain("Telnet");
  table.wait(1);
  expect(table.take(caller)).toContain("Telnet connection detected.");
});
