/** What a client can read and watch: the swarm at a glance, and each bot. */
import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate,
  type McpServer,
  type ReadResourceResult,
} from "@modelcontextprotocol/server";
import { BotId } from "../../proto/ids.ts";
import type { Swarm } from "../../proto/operations.ts";
import { Refusal } from "../../proto/refusal.ts";
import { failureIn, shaped } from "./results.ts";
import { WholeBot, wildOfBot } from "./tools/bot.ts";
import { overview, wildInOverview } from "./tools/overview.ts";
import { botUri, followResources, isResource, swarmUri, type Changes, type Later } from "./updates.ts";

/** Bots that are listed as resources, and ids that are offered to complete one: more is found by a tool. */
export const listedMax = 100;
/** Resources that one session may watch: those of a whole swarm. */
export const watchedMax = 5001;
/** How long an answer may be taken for fresh, in milliseconds: as long as nothing is told twice. */
export const freshMs = 1000;

const mimeType = "application/json";

export interface ResourceParts {
  readonly swarm: Swarm;
  readonly complain: (error: unknown) => void;
}

export function addResources(server: McpServer, { swarm, complain }: ResourceParts): void {
  const json = (uri: URL, value: Record<string, unknown>): ReadResourceResult => ({
    contents: [{ uri: uri.href, mimeType, text: JSON.stringify(value) }],
  });
  server.registerResource(
    "swarm",
    swarmUri,
    {
      title: "The swarm",
      description: "Totals, the bots that earn most and those that struggle most",
      mimeType,
      cacheHint: { ttlMs: freshMs },
    },
    (uri) =>
      answered(uri, complain, async () =>
        json(uri, shaped(await overview(swarm), { wild: wildInOverview, lists: {} })),
      ),
  );
  server.registerResource(
    "bot",
    new ResourceTemplate("bbsbot://bot/{id}", {
      list: async () => ({ resources: await listed(swarm) }),
      complete: { id: (begun) => idsLike(swarm, begun) },
    }),
    {
      title: "A bot",
      description: "All there is to know of one bot now",
      mimeType,
      cacheHint: { ttlMs: freshMs },
    },
    (uri, { id }) =>
      answered(uri, complain, async () => {
        const known = BotId.safeParse(id);
        if (!known.success) throw new ResourceNotFoundError(uri.href);
        const status = WholeBot.parse(await swarm.botStatus({ bot_id: known.data }));
        return json(uri, shaped(status, { wild: wildOfBot, lists: {} }));
      }),
  );
}

/** The resources of the bots that are listed; none while no manager answers, so that the rest can still be listed. */
async function listed(swarm: Swarm) {
  const ids = await idsLike(swarm, "");
  return ids.map((id) => ({ uri: botUri(id), name: id, title: `Bot ${id}` }));
}

/** Ids that begin as it is begun; none where nothing can, or nobody answers. */
export async function idsLike(swarm: Swarm, begun: string): Promise<string[]> {
  if (begun !== "" && !BotId.safeParse(begun).success) return [];
  try {
    const { bots } = await swarm.listBots({ bots: [`${begun}*`], sort: "bot_id", limit: listedMax });
    return bots.map(({ bot_id }) => bot_id);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** A read, or an error of the protocol: a resource has no other way to tell of one. */
async function answered(
  uri: URL,
  complain: (error: unknown) => void,
  read: () => Promise<ReadResourceResult>,
): Promise<ReadResourceResult> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    if (error instanceof Refusal && error.code === "not_found") throw new ResourceNotFoundError(uri.href);
    throw new ProtocolError(ProtocolErrorCode.InternalError, failureIn(error, { known: () => [] }, complain));
  }
}

/** Lets a client of the older era watch resources: what it subscribed to is told until it takes that back, or goes. */
export function addSubscriptions(server: McpServer, changes: Changes, later: Later): void {
  const watched = new Set<string>();
  let stop: (() => void) | undefined;
  const idle = () => {
    stop?.();
    stop = undefined;
  };
  const tell = (uri: string) => {
    // A client that is gone is no longer told; its transport says so by closing the server.
    server.server.sendResourceUpdated({ uri }).catch(idle);
  };
  server.server.setRequestHandler("resources/subscribe", ({ params: { uri } }) => {
    if (watched.size >= watchedMax && !watched.has(uri))
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `No more than ${watchedMax} resources can be watched`,
      );
    if (!isResource(uri)) throw new ResourceNotFoundError(uri);
    watched.add(uri);
    stop ??= followResources(changes, later, tell, (changed) => watched.has(changed));
    return {};
  });
  server.server.setRequestHandler("resources/unsubscribe", ({ params: { uri } }) => {
    watched.delete(uri);
    if (watched.size === 0) idle();
    return {};
  });
  const closed = server.server.onclose;
  server.server.onclose = () => {
    idle();
    closed?.();
  };
}
