/**
 * Not the swarm, but what the protocol's conformance suite calls by name: with it the transport is held to every rule of both eras.
 * The names, and the words that are compared, are the suite's.
 */
import {
  createRequestStateCodec,
  fromJsonSchema,
  McpServer,
  type RequestStateCodec,
  type ServerEvent,
} from "@modelcontextprotocol/server";
import { CfWorkerJsonSchemaValidator } from "@modelcontextprotocol/server/validators/cf-worker";
import { z } from "zod";
import { addAsking, said } from "./fixtures-asking.ts";
import { addContents, addPrompts, addResources } from "./fixtures-shown.ts";

export interface FixtureParts {
  /** Tells those who listen. */
  readonly publish: (event: ServerEvent) => void;
  readonly wait: (ms: number) => Promise<void>;
  /** 32 bytes or more that nobody can guess: what a client gets to keep is signed with them. */
  readonly key: string;
  readonly version: string;
}

/** A step that the suite waits for. */
const stepMs = 50;
/** Makes servers that all share one secret. */
export function fixtures(parts: FixtureParts): () => McpServer {
  const state: RequestStateCodec = createRequestStateCodec({ key: parts.key });
  return () => {
    const server = new McpServer(
      { name: "bbsbot-conformance", version: parts.version },
      {
        capabilities: {
          tools: { listChanged: true },
          prompts: { listChanged: true },
          resources: { listChanged: true, subscribe: true },
          completions: {},
          logging: {},
        },
        // The one the library takes by itself writes code, which this program may not.
        jsonSchemaValidator: new CfWorkerJsonSchemaValidator(),
        requestState: { verify: state.verify },
      },
    );
    addContents(server);
    addWork(server, parts);
    addSchemas(server);
    addAsking(server, state);
    addResources(server);
    addPrompts(server);
    return server;
  };
}

function addWork(server: McpServer, { publish, wait }: FixtureParts): void {
  for (const name of ["test_tool_with_logging", "test_logging_tool"])
    server.registerTool(name, { description: "Tells its log what it does" }, async ({ mcpReq }) => {
      await mcpReq.log("info", "Tool execution started");
      await wait(stepMs);
      await mcpReq.log("info", "Tool processing data");
      await wait(stepMs);
      await mcpReq.log("info", "Tool execution completed");
      return said("Logged");
    });
  server.registerTool(
    "test_tool_with_progress",
    { description: "Tells how far it is" },
    async ({ mcpReq }) => {
      const progressToken = mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined)
          await mcpReq.notify({
            method: "notifications/progress",
            params: { progressToken, progress, total: 100 },
          });
        await wait(stepMs);
      }
      return said("Done");
    },
  );
  server.registerTool(
    "test_reconnection",
    { description: "Hangs up, and answers then" },
    async ({ http }) => {
      await wait(stepMs);
      http?.closeSSE?.();
      await wait(2 * stepMs);
      return said("Taken up again");
    },
  );
  server.registerTool("test_trigger_tool_change", { description: "Says that the tools changed" }, () => {
    publish({ kind: "tools_list_changed" });
    return said("Told");
  });
  server.registerTool("test_trigger_prompt_change", { description: "Says that the prompts changed" }, () => {
    publish({ kind: "prompts_list_changed" });
    return said("Told");
  });
}

function addSchemas(server: McpServer): void {
  server.registerTool(
    "json_schema_2020_12_tool",
    {
      description: "Takes what only a schema of 2020-12 can say",
      inputSchema: fromJsonSchema(
        {
          $schema: "https://json-schema.org/draft/2020-12/schema",
          type: "object",
          $defs: {
            address: {
              $anchor: "addressDef",
              type: "object",
              properties: { street: { type: "string" }, city: { type: "string" } },
            },
          },
          properties: {
            name: { type: "string" },
            address: { $ref: "#/$defs/address" },
            contactMethod: { type: "string", enum: ["phone", "email"] },
            phone: { type: "string" },
            email: { type: "string" },
          },
          allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
          if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
          // oxlint-disable-next-line no-thenable
          then: { required: ["phone"] },
          else: { required: ["email"] },
          additionalProperties: false,
        },
        new CfWorkerJsonSchemaValidator(),
      ),
    },
    () => said("Taken"),
  );
  server.registerTool(
    "test_header_parameter",
    {
      description: "Takes a parameter that a header repeats",
      inputSchema: z.object({ region: z.string().meta({ "x-mcp-header": "Region" }) }),
    },
    ({ region }) => said(region),
  );
}
