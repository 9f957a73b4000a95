/** The operation table as routes: input from path, query and JSON body; errors as problem+json. No route is written here. */
import { Hono, type Context } from "hono";
import { operations, type OperationName, type Swarm } from "../proto/operations.ts";
import { Refusal } from "../proto/refusal.ts";
import { answerHeaders, HttpRefusal, parseInput, refuse } from "./problem.ts";

/** Largest request body, in bytes. A batch may carry many configurations. */
export const bodyMaxBytes = 1024 * 1024;
export const batchBodyMaxBytes = 8 * 1024 * 1024;

/** Every operation of the table on a Hono app of its own. */
export function httpFace(swarm: Swarm, complain: (error: unknown) => void): Hono {
  const app = new Hono();
  for (const name of Object.keys(operations) as OperationName[]) {
    const op = operations[name];
    const [method, path] = op.http;
    const maxBytes = name === "spawnSwarm" ? batchBodyMaxBytes : bodyMaxBytes;
    app.on(method, path, async (c) => {
      const body = method === "POST" ? await readBody(c.req.raw, maxBytes) : {};
      const input = parseInput(op.input, { ...c.req.query(), ...body, ...c.req.param() });
      // The table pairs each name with its own input: the one place where the compiler cannot follow.
      return answer(await swarm[name](input as never), op.success);
    });
  }
  app.notFound(noSuchRoute);
  app.onError((error) => refuse(error, complain));
  return app;
}

/** A value as JSON. */
export const answer = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { ...answerHeaders, "content-type": "application/json; charset=utf-8" },
  });

/** The JSON object in a request's body; an empty body is an empty object. Refuses other content types (415), size and form. */
export async function readBody(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  const type = request.headers.get("content-type");
  if (type !== null && !/^application\/json\s*(;|$)/i.test(type))
    throw new HttpRefusal(415, "bad_input", `Send JSON (content-type: application/json), not "${type}"`);
  const tooLarge = () =>
    new HttpRefusal(
      413,
      "bad_input",
      `The request is larger than ${maxBytes} bytes, the most this route takes`,
    );
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > maxBytes) throw tooLarge();
  if (bytes.byteLength === 0) return {};
  if (type === null)
    throw new HttpRefusal(415, "bad_input", "Say what the body is: content-type: application/json");
  const value = parseJson(new TextDecoder().decode(bytes));
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refusal("bad_input", "The body must be a JSON object");
  return value as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      "bad_input",
      `The body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** 405 when the path exists under another method, else 404. */
export function noSuchRoute(c: Context): Response {
  const methods = Object.values(operations)
    .filter((op) => new RegExp(`^${op.http[1].replace(/:\w+/g, "[^/]+")}$`).test(c.req.path))
    .map((op) => op.http[0]);
  if (methods.length > 0)
    return refuse(
      new HttpRefusal(405, "not_found", `${c.req.path} takes ${methods.join(", ")}, not ${c.req.method}`, {
        allow: methods.join(", "),
      }),
    );
  return refuse(new Refusal("not_found", `There is nothing at ${c.req.path}`));
}
