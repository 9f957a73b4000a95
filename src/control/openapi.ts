/** GET /openapi.json: the operation table as an OpenAPI 3.1 document. Nothing about a route is written here that the table knows. */
import type { Hono } from "hono";
import { z } from "zod";
import { BotConfig } from "../proto/config.ts";
import { mayBePosted, type Operation } from "../proto/operation.ts";
import { operations, type OperationName } from "../proto/operations.ts";
import { SeriesRow } from "../proto/operations/looking.ts";
import { OrderReceipt } from "../proto/operations/steering.ts";
import { Problem, refusalCodes } from "../proto/refusal.ts";
import { BotState, BotStatus, SwarmStatus } from "../proto/status.ts";
import { tokenHeader } from "./auth.ts";
import { answer, keyHeader, takesKey } from "./http.ts";
import { tidy } from "./json-schema.ts";

type Json = Record<string, unknown>;

/** What has a name of its own in the document. */
const named = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({
  BotConfig,
  BotState,
  BotStatus,
  OrderReceipt,
  Problem,
  SeriesRow,
  SwarmStatus,
}))
  named.add(schema, { id });

const Health = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  uptime: z.number(),
  reason: z.string().optional(),
});

/** The document, made at the first request. */
export function mountDocument(app: Hono, version: string): void {
  let document: Json | undefined;
  app.get("/openapi.json", () => answer((document ??= openApiDocument(version))));
}

/** The document as a value. */
export function openApiDocument(version: string): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const name of Object.keys(operations) as OperationName[]) {
    const op: Operation = operations[name];
    const route = (paths[op.http[1].replace(/:(\w+)/g, "{$1}")] ??= {});
    route[op.http[0].toLowerCase()] = describe(name, op, schemas);
    if (mayBePosted(op)) route["post"] = describe(`${name}Posted`, posted(op), schemas);
  }
  paths["/health"] = {
    get: {
      operationId: "health",
      summary: "Is it there, and does it take orders; never needs the token",
      tags: ["manager"],
      security: [],
      responses: { 200: jsonResponse("How it is", schemaOf(Health, "output", schemas)) },
    },
  };
  paths["/metrics"] = {
    get: {
      operationId: "metrics",
      summary: "Figures of the swarm, its models and their plans, as Prometheus reads them",
      tags: ["manager"],
      responses: {
        200: { description: "The figures", content: { "text/plain": { schema: { type: "string" } } } },
      },
    },
  };
  schemaOf(Problem, "output", schemas);
  return {
    openapi: "3.1.0",
    info: {
      title: "bbsbot manager",
      version,
      description:
        "A swarm of bots that play TradeWars 2002. Times are milliseconds since 1970, UTC; money is credits. " +
        "What changes something needs the manager's token, unless it is configured otherwise.",
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: [
      { name: "swarm", description: "All bots together" },
      { name: "bot", description: "One bot" },
      { name: "manager", description: "The manager itself" },
    ],
    paths,
    components: {
      schemas,
      responses: {
        Problem: {
          description: `Refused: RFC 9457, with one of the codes ${Object.keys(refusalCodes).join(", ")}`,
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "The line in the manager's token file" },
        header: { type: "apiKey", in: "header", name: tokenHeader },
      },
    },
  };
}

/** The same operation with its input in the body. What is posted needs the token wherever writes do. */
const posted = (op: Operation): Operation => ({
  ...op,
  summary: `${op.summary}; for selections that are too long for an address`,
  http: ["POST", op.http[1]],
  writes: true,
});

function describe(name: string, op: Operation, schemas: Json): Json {
  const [method, path] = op.http;
  const { properties = {}, required = [] } = schemaOf(op.input, "input", schemas) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inPath = Array.from(path.matchAll(/:(\w+)/g), ([, key]) => key!);
  const rest = Object.keys(properties).filter((key) => !inPath.includes(key));
  const inQuery = method === "POST" ? [] : rest;
  const parameter = (where: string) => (key: string) => ({
    name: key,
    in: where,
    required: where === "path" || required.includes(key),
    // A list stands in an address as one text with commas.
    ...(where === "query" &&
      (properties[key] as Json)["type"] === "array" && { style: "form", explode: false }),
    schema: properties[key],
  });
  const problem = { $ref: "#/components/responses/Problem" };
  return {
    operationId: name,
    summary: op.summary,
    tags: [path.split("/")[1]],
    security: op.writes ? [{ bearer: [] }, { header: [] }] : [{}, { bearer: [] }, { header: [] }],
    parameters: [
      ...inPath.map(parameter("path")),
      ...inQuery.map(parameter("query")),
      ...(takesKey(op) ? [{ ...keyParameter, schema: properties["idempotency_key"] }] : []),
    ],
    ...(method === "POST" && rest.length > 0 && { requestBody: bodyOf(properties, required, rest) }),
    responses: {
      [op.success]: jsonResponse("Done", schemaOf(op.output, "output", schemas)),
      "4XX": problem,
      "5XX": problem,
    },
  };
}

const keyParameter = {
  name: keyHeader,
  in: "header",
  required: false,
  description: "The same as idempotency_key in the body",
};

/** What is no object or list may stand in the address as well, which only a text can say. */
function bodyOf(
  properties: Record<string, Json>,
  required: readonly string[],
  keys: readonly string[],
): Json {
  const needed = required.filter((key) => keys.includes(key));
  return {
    description: "Each of these may stand behind the ? of the address instead, where it is no object or list",
    required: false,
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: Object.fromEntries(keys.map((key) => [key, properties[key]])),
          ...(needed.length > 0 && { required: needed }),
          additionalProperties: false,
        },
      },
    },
  };
}

const jsonResponse = (description: string, schema: Json): Json => ({
  description,
  content: { "application/json": { schema } },
});

/** A schema as JSON Schema; what has a name in it goes to `schemas`, and a reference takes its place. */
function schemaOf(schema: z.ZodType, io: "input" | "output", schemas: Json): Json {
  const json = z.toJSONSchema(schema, {
    io,
    metadata: named,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema, io),
  }) as Json;
  const {
    $schema: _,
    $defs = {},
    id,
    ...rest
  } = JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json & {
    $defs?: Json;
    id?: string;
  };
  for (const [key, value] of Object.entries($defs)) schemas[key] = value;
  if (id === undefined) return rest;
  schemas[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}
