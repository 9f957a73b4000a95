import { afterAll, expect, test } from "bun:test";
import { lstatSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { binary, root, run, scratch } from "./harness.ts";

const { folder, remove } = scratch();
afterAll(remove);

const digest = async (file: string) =>
  new Bun.CryptoHasher("sha256").update(await Bun.file(file).arrayBuffer()).digest("hex");

test("two builds from one source are byte-identical, and ./bbsbot leads to the binary", async () => {
  const before = await digest(binary);
  const { code } = await run([join(root, "build.ts")], { command: [process.execPath] });
  expect(code).toBe(0);
  expect(await digest(binary)).toBe(before);
  expect(lstatSync(join(root, "bbsbot")).isSymbolicLink()).toBe(true);
  expect(realpathSync(join(root, "bbsbot"))).toBe(realpathSync(binary));
}, 60_000);

test("nothing in the current folder and no BUN_OPTIONS runs inside the binary", async () => {
  writeFileSync(join(folder, "evil.ts"), 'console.log("EVIL RAN"); process.env.EVIL = "1";');
  writeFileSync(join(folder, "bunfig.toml"), 'preload = ["./evil.ts"]\n');
  writeFileSync(join(folder, ".env"), "BBSBOT_URL=http://127.0.0.1:1\n");
  const plain = await run(["--version"], { cwd: folder });
  expect(plain).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: "" });
  const status = await run(["status"], { cwd: folder });
  expect(status.stderr).not.toContain("127.0.0.1:1");
  const pushed = await run(["--version"], { cwd: folder, env: { BUN_OPTIONS: "--preload ./evil.ts" } });
  expect(pushed.stdout + pushed.stderr).not.toContain("EVIL RAN");
});
