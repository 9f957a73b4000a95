import { expect, test } from "bun:test";
import { Glob } from "bun";
import { dirname, join, normalize } from "node:path";

/** Which folder may import which. Read it top to bottom: nothing points up. */
const mayImport: Record<string, string[]> = {
  proto: [],
  player: ["proto"],
  games: ["proto", "player"],
  swarm: ["proto"],
  control: ["proto", "swarm"],
  io: ["proto"],
  roots: ["proto", "player", "games", "swarm", "control", "io", "roots"],
};
const mayTouchTheWorld = new Set(["io", "roots"]);
const packages: Record<string, string[]> = {
  proto: ["zod"],
  control: ["hono", "zod"],
  io: ["yaml"],
};
const folderOf = (file: string) => (file.includes("/") ? file.split("/")[0]! : "roots");

const edges: {
  file: string;
  from: string;
  spec: string;
  to: string | undefined;
}[] = [];
for (const file of new Glob("**/*.ts").scanSync("src")) {
  const text = await Bun.file(join("src", file)).text();
  for (const [, spec] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    const to = spec!.startsWith(".") ? folderOf(normalize(join(dirname(file), spec!))) : undefined;
    edges.push({ file, from: folderOf(file), spec: spec!, to });
  }
}

test("imports point down the list and never back", () => {
  const wrong = edges.filter(({ from, to }) => to && to !== from && !mayImport[from]!.includes(to));
  expect(wrong).toEqual([]);
});
test("only io/ and the three roots reach bun: and node:", () => {
  const wrong = edges.filter(
    ({ from, spec }) => /^(bun|node)(:|$)/.test(spec) && !mayTouchTheWorld.has(from),
  );
  expect(wrong).toEqual([]);
});
test("a package is used only where it belongs", () => {
  const wrong = edges.filter(
    ({ from, spec }) => !/^(\.|bun|node)/.test(spec) && !packages[from]?.includes(spec),
  );
  expect(wrong).toEqual([]);
});
test("a game's reader and its host never see each other", () => {
  const wrong = edges.filter(
    ({ file, spec }) => /\/host\//.test(file) && /reader|skills|strategies/.test(spec),
  );
  expect(wrong).toEqual([]);
});
