import { expect, test } from "bun:test";
import { join } from "node:path";

/** Counts the described schemas that are made, in a process that has made none yet. */
const counting = `
  import { z } from "zod";
  const { BotConfig } = await import("${join(import.meta.dir, "../../src/proto/config.ts")}");
  let made = 0;
  const add = z.globalRegistry.add.bind(z.globalRegistry);
  z.globalRegistry.add = (...described) => (made++, add(...described));
  const counts = [{}, { llm: null }, { llm: {} }].map((config) => (BotConfig.parse(config), made));
  console.log(JSON.stringify(counts));
`;

test("the schema of a model's section is made for those bots alone that have one: it would cost every worker memory", async () => {
  const child = Bun.spawn([process.execPath, "-e", counting], { cwd: import.meta.dir, stdout: "pipe" });
  const [without, withNull, withOne] = JSON.parse(await new Response(child.stdout).text()) as number[];
  expect([without, withNull]).toEqual([0, 0]);
  expect(withOne).toBeGreaterThan(20);
});
