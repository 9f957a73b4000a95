import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { clientToken, defaultTokenFile, managerToken } from "../../src/io/token.ts";

const secret = "0123456789abcdef0123";
let folder: string;
const before = { ...process.env };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bbsbot-token-"));
  process.env["XDG_STATE_HOME"] = folder;
  delete process.env["BBSBOT_TOKEN"];
});
afterEach(() => {
  for (const name of ["XDG_STATE_HOME", "BBSBOT_TOKEN"])
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  rmSync(folder, { recursive: true, force: true });
});
const keep = (text: string, mode = 0o600) => {
  const file = join(folder, "mine");
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
};

describe("the manager's token", () => {
  test("is made when there is none: 256 bits that only the owner can read, the same from then on", () => {
    const { file, secret: made } = managerToken(null);
    expect(file).toBe(join(folder, "bbsbot/token"));
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    expect(managerToken(null)).toEqual({ file, secret: made });
    expect(readdirSync(dirname(file))).toEqual(["token"]);
    rmSync(file);
    expect(managerToken(null).secret).not.toBe(made);
  });
  test("lies in ~/.local/state where nothing else is said", () => {
    process.env["XDG_STATE_HOME"] = "";
    expect(defaultTokenFile()).toEndWith("/.local/state/bbsbot/token");
  });
  test("may be a file of one's own, which is not made", () => {
    expect(managerToken(keep(`${secret}\n`)).secret).toBe(secret);
    expect(managerToken(keep(`${secret}\r\n`)).secret).toBe(secret);
    expect(managerToken(keep(secret, 0o400)).secret).toBe(secret);
    expect(() => managerToken(join(folder, "none"))).toThrow("there is no such file");
  });
  test.each([0o604, 0o640, 0o644, 0o660, 0o602, 0o610])(
    "is refused when others can read or write it: %o",
    (mode) => {
      expect(() => managerToken(keep(secret, mode))).toThrow("chmod 600");
      const own = join(folder, "bbsbot/token");
      mkdirSync(dirname(own));
      writeFileSync(own, secret);
      chmodSync(own, mode);
      expect(() => managerToken(null)).toThrow("chmod 600");
    },
  );
  test("is judged by the file itself, not by a link to it", () => {
    const link = join(folder, "link");
    symlinkSync(keep(secret, 0o644), link);
    expect(() => managerToken(link)).toThrow("chmod 600");
  });
  test.skipIf(process.getuid?.() !== 0)("is refused when it is another user's", () => {
    const file = keep(secret);
    chownSync(file, 12345, 12345);
    expect(() => managerToken(file)).toThrow("another user");
  });
  test.each([
    ["too short", "0123456789abcde\n"],
    ["empty", ""],
    ["of two lines", `${secret}\n${secret}\n`],
    ["with a space", "0123456789 abcdef"],
    ["with a letter that no header takes", "0123456789abcdeé"],
    ["far too long", "a".repeat(100_000)],
  ])("is refused when it is %s, and not quoted", (_, text) => {
    const file = keep(text);
    expect(() => managerToken(file)).toThrow(`Token file "${file}"`);
    try {
      managerToken(file);
    } catch (error) {
      expect(String(error)).not.toContain("0123456789");
    }
  });
  test("is no folder and no device", () => {
    expect(() => managerToken(folder)).toThrow(`Token file "${folder}"`);
    expect(() => managerToken("/dev/null")).toThrow("/dev/null");
  });
  test("that cannot be made is told, with a way out", () => {
    process.env["XDG_STATE_HOME"] = "/proc/nowhere";
    expect(() => managerToken(null)).toThrow("auth.token_file");
  });
});

describe("a client's token", () => {
  test("is the default file's for a manager on this machine, and nobody's for others", () => {
    const { secret: made } = managerToken(null);
    for (const host of ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
      expect(clientToken(`http://${host}:8000`, undefined)).toBe(made);
    for (const host of [
      "evil.example",
      "notlocalhost",
      "localhost.evil.example",
      "192.168.1.5",
      "127.0.0.1.evil.example",
    ])
      expect(clientToken(`http://${host}:8000`, undefined)).toBeUndefined();
  });
  test("is what it was told, wherever the manager is", () => {
    managerToken(null);
    process.env["BBSBOT_TOKEN"] = "from the environment";
    expect(clientToken("http://bots.example", undefined)).toBe("from the environment");
    expect(clientToken("http://bots.example", keep(secret))).toBe(secret);
    expect(() => clientToken("http://bots.example", keep(secret, 0o644))).toThrow("chmod 600");
  });
  test("may be missing: most requests need none", () => {
    expect(clientToken("http://localhost:8000", undefined)).toBeUndefined();
  });
});
