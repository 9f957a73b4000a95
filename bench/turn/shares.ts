/** What profiles of our processes (V8's .cpuprofile, as Bun writes it) say of where the time went, by parts of the house. */
import { z } from "zod";

const Frame = z.object({ functionName: z.string(), url: z.string() });
export const Profile = z.object({
  nodes: z.array(z.object({ id: z.int(), callFrame: Frame, children: z.array(z.int()).optional() })),
  samples: z.array(z.int()),
});
export type Profile = z.infer<typeof Profile>;

export const roles = ["worker", "host", "manager", "demo"] as const;
export type Role = (typeof roles)[number];

/** The file that only this role runs. */
const marks: readonly (readonly [file: string, role: Role])[] = [
  ["src/packed.ts", "worker"],
  ["src/host.ts", "host"],
  ["src/server.ts", "manager"],
  ["src/demo.ts", "demo"],
];

/** Parts of each role by the files that they are made of: the first that fits, for the innermost call that any fits. */
const parts: Readonly<Record<Role, readonly (readonly [part: string, files: RegExp])[]>> = {
  worker: [
    ["sockets", /^(node:net|internal:streams|src\/io\/socket|src\/wire)/],
    [
      "telling the manager",
      /^src\/(io\/(link|pack-channel|outbox|line)|proto\/(session|lore|link|pack)|reporting|showing)|tw2002\/(lore|lent|news)\.ts/,
    ],
    [
      "planning",
      /tw2002\/(strategies\/|paths|distances|plots|chart|courses|policy|dangers|night|docks|goals|surveys|vain|unheard)/,
    ],
    ["haggling", /tw2002\/(posterior|bidding|bargain|trading|prices|skills\/trade)/],
    [
      "reading",
      /tw2002\/(reader\/|prompts|questions|learn|struck|heard|world|standing)|src\/player\/(attention|line|exchange|ring)|src\/proto\/(lines|ansi|telnet|cp437|screen)|src\/io\/unknown/,
    ],
    ["life and skills", /^src\/(player|games|play|packed|calling|thrift)/],
  ],
  host: [
    ["sockets", /^(node:net|internal:streams|src\/io\/listen)/],
    ["saving", /^src\/(io\/db|host-keep)|host\/(saved|restore)/],
    ["ways", /host\/(courses|universe)/],
    ["texts", /host\/text\/|src\/proto\//],
    ["telnet and turns", /host\/wire|src\/host-exchange/],
    ["rules of the game", /tw2002\//],
  ],
  manager: [
    ["storing", /^src\/(io\/(db|store|series|moments|lore-store)|reports-keep|recorder-keep)/],
    ["checking what workers say", /zod/],
    ["lore and claims", /^src\/(swarm\/(commons|claims)|commons-keep|proto\/lore)/],
    ["folding and telling", /^src\//],
  ],
  demo: [["looking on", /^src\//]],
};
/** What belongs to no file of ours: the runtime's own work, collections of garbage among it. */
export const runtime = "the runtime";

/** Paths as the parts name them: from `src/` on, or as the runtime and packages are called. */
const fileOf = (url: string) => /(?:^|\/)(src\/.*|node_modules\/.*)$/.exec(url)?.[1] ?? url;

export function roleOf({ nodes }: Profile): Role | undefined {
  const files = new Set(nodes.map(({ callFrame }) => fileOf(callFrame.url)));
  return marks.find(([file]) => files.has(file))?.[1];
}

/** Samples by part; they add up to all samples of the profile. */
export function sharesOf({ nodes, samples }: Profile, role: Role): Map<string, number> {
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const own = new Map(nodes.map(({ id, callFrame }) => [id, partOf(fileOf(callFrame.url), role)]));
  const shares = new Map<string, number>();
  for (const sample of samples) {
    let part: string | undefined;
    for (let id: number | undefined = sample; id !== undefined && part === undefined; id = parents.get(id))
      part = own.get(id);
    shares.set(part ?? runtime, (shares.get(part ?? runtime) ?? 0) + 1);
  }
  return shares;
}

const partOf = (file: string, role: Role) => parts[role].find(([, files]) => files.test(file))?.[0];

/** In the order of the parts, the runtime last. */
export const inOrder = (shares: ReadonlyMap<string, number>, role: Role): [part: string, samples: number][] =>
  [...parts[role].map(([part]) => part), runtime].flatMap((part) => {
    const samples = shares.get(part);
    return samples === undefined ? [] : [[part, samples] as [string, number]];
  });
