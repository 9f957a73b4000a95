/** Holds the code to the picture in ARCHITECTURE.md: who may import whom, and who may touch the world. */
import { expect, test } from "bun:test";
import { dirname, join, normalize } from "node:path";

/** Which folder may import which. Read it top to bottom: nothing points up. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  proto: [],
  player: ["proto"],
  games: ["proto", "player"],
  swarm: ["proto"],
  control: ["proto", "swarm"],
  io: ["proto"],
  dashboard: ["proto", "control"],
  roots: ["proto", "player", "games", "swarm", "control", "io", "roots"],
};
const pure = ["proto", "player", "games", "swarm"];
const mayTouchTheWorld = ["io", "roots"];
const packages: Readonly<Record<string, readonly string[]>> = {
  dashboard: [
    "preact",
    "preact/hooks",
    "@preact/signals",
    "uplot",
    "@tanstack/virtual-core",
    "sigma",
    "sigma/rendering",
    "graphology",
    "graphology-layout-forceatlas2",
  ],
  proto: ["zod"],
  games: ["zod"],
  control: [
    "hono",
    "zod",
    "commander",
    "@bomb.sh/tab/commander",
    "@modelcontextprotocol/server",
    "@modelcontextprotocol/server/stdio",
    "@modelcontextprotocol/server/validators/cf-worker",
  ],
  io: [
    "yaml",
    "zod",
    "ai",
    "@ai-sdk/openai-compatible",
    "@ai-sdk/openai",
    "@ai-sdk/anthropic",
    "@ai-sdk/google",
  ],
};
/** Where a package has one home only. */
const homes: Readonly<Record<string, string>> = {
  commander: "control/console/",
  "@bomb.sh/tab/commander": "control/console/",
  "@modelcontextprotocol/server": "control/mcp/",
  "@modelcontextprotocol/server/stdio": "control/mcp/stdio.ts",
  "@modelcontextprotocol/server/validators/cf-worker": "control/mcp/",
  yaml: "io/yaml.ts",
  ai: "io/model.ts",
  "@ai-sdk/openai-compatible": "io/model.ts",
  "@ai-sdk/openai": "io/model.ts",
  "@ai-sdk/anthropic": "io/model.ts",
  "@ai-sdk/google": "io/model.ts",
};

interface Source {
  readonly file: string;
  readonly folder: string;
  readonly code: string;
}

interface Edge {
  readonly file: string;
  readonly from: string;
  readonly spec: string;
  /** The imported file in src/, for our own. */
  readonly target: string | undefined;
}

const src = join(import.meta.dir, "../src");
const folderOf = (file: string) => (file.includes("/") ? file.split("/")[0]! : "roots");
const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

const sources: Source[] = [];
for (const file of new Bun.Glob("**/*.{ts,tsx}").scanSync(src)) {
  const code = withoutComments(await Bun.file(join(src, file)).text());
  sources.push({ file, folder: folderOf(file), code });
}
const edges: Edge[] = sources.flatMap(({ file, folder, code }) =>
  Array.from(code.matchAll(/(?:from|import)\s*\(?\s*"([\w@./:-]+)"/g), ([, spec]) => ({
    file,
    from: folder,
    spec: spec!,
    target: spec!.startsWith(".") ? normalize(join(dirname(file), spec!)) : undefined,
  })),
);
const told = (wrong: readonly Edge[]) => wrong.map(({ file, spec }) => `${file} imports ${spec}`);

test("there is something to look at", () => {
  expect(sources.length).toBeGreaterThan(40);
  expect(edges.length).toBeGreaterThan(100);
});

test("imports point down the list and never back", () => {
  const wrong = edges.filter(({ from, target }) => {
    if (target === undefined || target.startsWith("../package.json")) return false;
    const to = folderOf(target);
    return to !== from && !mayImport[from]?.includes(to);
  });
  expect(told(wrong)).toEqual([]);
});

test("only io/ and the roots reach bun: and node:", () => {
  const wrong = edges.filter(
    ({ from, spec }) => /^(bun|node)(:|$)/.test(spec) && !mayTouchTheWorld.includes(from),
  );
  expect(told(wrong)).toEqual([]);
});

test("a package is used only where it belongs", () => {
  const wrong = edges.filter(({ file, from, spec }) => {
    if (/^(\.|bun(:|$)|node:)/.test(spec)) return false;
    const home = homes[spec];
    return !packages[from]?.includes(spec) || (home !== undefined && !file.startsWith(home));
  });
  expect(told(wrong)).toEqual([]);
});

test("the cores know no clock, no chance, no timer and no process", () => {
  const world =
    /\b(Date\.now|performance\.|Math\.random|setTimeout|setInterval|process\.|Bun\.|new Date\(\)|fetch\()/;
  const wrong = sources.flatMap(({ file, folder, code }) => {
    const found = pure.includes(folder) ? world.exec(code) : null;
    return found ? [`${file}: ${found[0]}`] : [];
  });
  expect(wrong).toEqual([]);
});

test("a game's host and its reading side never see each other", () => {
  const wrong = edges.filter(({ file, target }) => {
    const game = /^games\/[^/]+\//.exec(file)?.[0];
    if (!game || !target?.startsWith(game)) return false;
    const inHost = file.startsWith(`${game}host/`);
    const toHost = target.startsWith(`${game}host/`);
    const toRules = target.startsWith(`${game}rules/`);
    return !toRules && inHost !== toHost;
  });
  expect(told(wrong)).toEqual([]);
});

test("no value import goes in a circle", () => {
  const valueEdges = new Map<string, string[]>();
  for (const { file, code } of sources) {
    const specs = Array.from(
      code.matchAll(/^(?:import|export)\s+(?!type\b)[^"]*?from\s+"(\.[^"]+)"/gm),
      ([, spec]) => normalize(join(dirname(file), spec!)),
    );
    valueEdges.set(file, specs);
  }
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" > "));
    else if (!done.has(file)) {
      for (const next of valueEdges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    }
  };
  for (const file of valueEdges.keys()) visit(file, []);
  expect(circles).toEqual([]);
});
