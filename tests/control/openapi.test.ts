import { registerSchema, unregisterSchema, validate } from "@hyperjump/json-schema/openapi-3-1";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { takesKey } from "../../src/control/http.ts";
import { mayBePosted } from "../../src/proto/operation.ts";
import { operations, type OperationName } from "../../src/proto/operations.ts";
import { leastOf } from "../doubles/asked.ts";
import { facesOf, replies, scribe } from "../doubles/scribe.ts";

const dialect = "https://spec.openapis.org/oas/3.1/schema-base";
const name = "https://bbsbot.test/openapi";
const app = facesOf(scribe());
const document = (await (await app.request("/openapi.json")).json()) as {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, unknown> };
};
interface Described {
  operationId: string;
  summary: string;
  security: object[];
  parameters: { name: string; in: string; required: boolean; schema: { type: string } }[];
  requestBody?: object;
  responses: Record<string, object>;
}
const pathOf = (op: OperationName) => operations[op].http[1].replace(/:(\w+)/g, "{$1}");
const describedAs = (op: OperationName) =>
  document.paths[pathOf(op)]?.[operations[op].http[0].toLowerCase()] as Described;

beforeAll(() => registerSchema(document as never, name, dialect));
afterAll(() => unregisterSchema(name));
/** Whether a value fits the schema at a place of the document. */
const fits = async (value: unknown, ...place: string[]) => {
  const pointer = place.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return (await validate(`${name}#${encodeURI(pointer)}`, value as never)).valid;
};

test("the document is OpenAPI 3.1", async () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.info.version).toBe("0.0.0-test");
  const { valid, errors = [] } = (await validate(dialect, document as never, "BASIC")) as {
    valid: boolean;
    errors?: unknown[];
  };
  expect(errors).toEqual([]);
  expect(valid).toBe(true);
  // The validator does see what is wrong.
  const broken = { ...document, paths: { "/x": { get: { responses: { 200: {} } } } } };
  expect((await validate(dialect, broken as never)).valid).toBe(false);
});

test("what it refers to is there, and what is there is referred to", () => {
  const text = JSON.stringify(document);
  const referred = new Set(Array.from(text.matchAll(/"#\/components\/schemas\/(\w+)"/g), ([, one]) => one!));
  expect([...referred].toSorted()).toEqual(Object.keys(document.components.schemas).toSorted());
  expect(text).not.toContain("$defs");
});

describe("every operation of the table", () => {
  for (const op of Object.keys(operations) as OperationName[])
    test(`${op} is there, with what it takes and answers`, async () => {
      const described = describedAs(op);
      const { http, success, summary, writes } = operations[op];
      expect(described).toMatchObject({ operationId: op, summary });
      expect(described.security.some((way) => Object.keys(way).length === 0)).toBe(!writes);
      expect(Object.keys(described.responses)).toEqual([String(success), "4XX", "5XX"]);
      const inPath = described.parameters.filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name: key, required }) => [key, required])).toEqual(
        Array.from(http[1].matchAll(/:(\w+)/g), ([, key]) => [key!, true]),
      );
      expect(described.parameters.some((parameter) => parameter.in === "header")).toBe(
        takesKey(operations[op]),
      );
      expect(described.parameters.every(({ schema }) => schema.type !== undefined)).toBe(true);
    });

  for (const op of Object.keys(operations) as OperationName[])
    test(`what ${op} really answers fits its schema, and an empty object does not`, async () => {
      const { method, path, body } = leastOf(op);
      const headers = { "content-type": "application/json" };
      const reply = await app.request(path, {
        method,
        ...(body && { body, headers }),
      });
      const value: unknown = await reply.json();
      expect(value).toMatchObject(replies[op] as object);
      const place = ["paths", pathOf(op), method.toLowerCase(), "responses", String(reply.status)];
      const schema = [...place, "content", "application/json", "schema"];
      expect(await fits(value, ...schema)).toBe(true);
      expect(await fits({}, ...schema)).toBe(false);
    });
});

test("what only looks by a selection may be posted, too, and nothing else that only looks", () => {
  const posted = Object.entries(document.paths).filter(([, ways]) => ways["get"] && ways["post"]);
  const looked = Object.values(operations).filter(mayBePosted);
  expect(posted.map(([path]) => path).toSorted()).toEqual(looked.map(({ http }) => http[1]).toSorted());
  expect(document.paths["/swarm/bots"]?.["post"]).toMatchObject({
    operationId: "listBotsPosted",
    parameters: [],
    requestBody: { content: { "application/json": { schema: { type: "object" } } } },
  });
});

test("a refusal and the health fit theirs", async () => {
  const refused: unknown = await (await app.request("/bot/A/status")).json();
  const problem = ["components", "responses", "Problem", "content", "application/problem+json", "schema"];
  expect(await fits(refused, ...problem)).toBe(true);
  expect(await fits({ ...(refused as object), code: "no such" }, ...problem)).toBe(false);
  const health: unknown = await (await app.request("/health")).json();
  expect(
    await fits(
      health,
      "paths",
      "/health",
      "get",
      "responses",
      "200",
      "content",
      "application/json",
      "schema",
    ),
  ).toBe(true);
});

test("numbers that may come as digits are numbers, with their bounds and defaults", () => {
  const limit = describedAs("botEvents").parameters.find((parameter) => parameter.name === "limit");
  expect(limit).toMatchObject({
    in: "query",
    required: false,
    schema: { type: "integer", minimum: 1, maximum: 1000, default: 50 },
  });
});

test("what is sent fits the body's schema, and what is refused does not", async () => {
  const body = (op: OperationName) => [
    "paths",
    pathOf(op),
    "post",
    "requestBody",
    "content",
    "application/json",
    "schema",
  ];
  expect(await fits({ count: 12, group_size: 3, group_delay: 1.5 }, ...body("spawnSwarm"))).toBe(true);
  expect(await fits({ config: { trading: { haggle: "quick" } } }, ...body("spawnBot"))).toBe(true);
  expect(await fits({ config: { trading: { haggel: "quick" } } }, ...body("spawnBot"))).toBe(false);
  expect(await fits({ count: 0 }, ...body("spawnSwarm"))).toBe(false);
  expect(await fits({ cuont: 1 }, ...body("spawnSwarm"))).toBe(false);
  expect(await fits({}, ...body("setGoal"))).toBe(false);
});
