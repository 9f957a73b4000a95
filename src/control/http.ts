/** The operation table as routes: input from path, query and JSON body; errors as problem+json. No route is written here. */
import { Hono, type Context } from "hono";
import { mayBePosted, type Operation } from "../proto/operation.ts";
import { operations, type OperationName, type Swarm } from "../proto/operations.ts";
import { Refusal } from "../proto/refusal.ts";
import { answerHeaders, HttpRefusal, parseInput, refuse } from "./problem.ts";

/** Largest request body, in bytes. A batch may carry many configurations. */
export const bodyMaxBytes = 1024 * 1024;
export const batchBodyMaxBytes = 8 * 1024 * 1024;

/** Answers of so many characters and more go gzipped to whoever takes that; for less it is not worth the while. */
export const gzipMinChars = 16 * 1024;
/** Beside the thread that asks: the manager has others to answer meanwhile. */
export type Gzip = (text: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Header that stands for the input `idempotency_key`, where an operation has it. */
export const keyHeader = "idempotency-key";

export interface HttpWays {
  /** JSON that somebody keeps ready, in place of asking the swarm anew. */
  readonly ready?: { readonly [K in OperationName]?: () => string };
  /** Without it nothing goes gzipped. */
  readonly gzip?: Gzip;
  /** What is shown of an operation's output, such as with further names. */
  readonly shown?: (name: OperationName, output: unknown) => unknown;
}

/** Every operation of the table on a Hono app of its own. */
export function httpFace(
  swarm: Swarm,
  complain: (error: unknown) => void,
  { ready = {}, gzip, shown = (_, output) => output }: HttpWays = {},
): Hono {
  const app = new Hono();
  for (const name of Object.keys(operations) as OperationName[]) {
    const op: Operation = operations[name];
    const [method, path] = op.http;
    const maxBytes = name === "spawnSwarm" ? batchBodyMaxBytes : bodyMaxBytes;
    app.on(mayBePosted(op) ? [method, "POST"] : [method], path, async (c) => {
      const body = c.req.method === "POST" ? await readBody(c.req.raw, maxBytes) : {};
      const input = parseInput(op.input, {
        ...queryOf(c),
        ...keyOf(c, takesKey(op)),
        ...body,
        ...c.req.param(),
      });
      const text =
        ready[name]?.() ??
        // The table pairs each name with its own input: the one place where the compiler cannot follow.
        JSON.stringify(shown(name, await swarm[name](input as never)));
      const takesGzip = /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");
      if (!gzip || !takesGzip || text.length < gzipMinChars) return answerText(text, op.success);
      const headers = { "content-encoding": "gzip", vary: "accept-encoding" };
      return answerText(await gzip(text), op.success, headers);
    });
  }
  app.notFound((c) => noSuchRoute(c, app));
  app.onError((error) => refuse(error, complain));
  return app;
}

/** Whether asking again may be told from asking for more. */
export const takesKey = ({ input }: Operation): boolean =>
  "shape" in input && "idempotency_key" in (input.shape as object);

/** A value as JSON. */
export const answer = (value: unknown, status = 200): Response => answerText(JSON.stringify(value), status);

const answerText = (
  text: string | Uint8Array<ArrayBuffer>,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(text, {
    status,
    headers: { ...answerHeaders, "content-type": "application/json; charset=utf-8", ...headers },
  });

/** What stands behind the `?`. Refuses a name that is given twice: one of the two would count, and nobody could tell which. */
export function queryOf(c: Context): Record<string, string> {
  const pairs = [...new URL(c.req.url).searchParams];
  const names = new Set(pairs.map(([name]) => name));
  if (names.size < pairs.length) {
    const twice = [...names].find((name) => pairs.filter(([other]) => other === name).length > 1);
    throw new Refusal("bad_input", `The address gives "${twice}" more than once`);
  }
  return Object.fromEntries(pairs);
}

/** The key as its header gives it, which may be in quotes. */
function keyOf(c: Context, wanted: boolean): { idempotency_key?: string } {
  const key = wanted ? c.req.header(keyHeader) : undefined;
  return key === undefined ? {} : { idempotency_key: key.replace(/^"(.*)"$/, "$1") };
}

/** The JSON object in a request's body; an empty body is an empty object. Refuses other content types (415), size (413) and form. */
export async function readBody(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  const text = await readText(request, maxBytes);
  // Nothing has no type, whatever is said of it: many clients call it a form.
  if (text === "") return {};
  const type = request.headers.get("content-type");
  if (type === null)
    throw new HttpRefusal(415, "bad_input", "Say what the body is: content-type: application/json");
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new HttpRefusal(415, "bad_input", `Send JSON (content-type: application/json), not "${type}"`);
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refusal("bad_input", "The body must be a JSON object");
  return value as Record<string, unknown>;
}

/** All of a body, and never more than `maxBytes` of it in memory: one that does not tell its length is counted as it comes. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new HttpRefusal(
      413,
      "bad_input",
      `The request is larger than ${maxBytes} bytes, the most this route takes`,
      // What is still to come is not waited for.
      { connection: "close" },
    );
  const length = request.headers.get("content-length");
  if (length !== null && Number(length) > maxBytes) throw tooLarge();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  for await (const chunk of request.body ?? []) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new Blob(chunks).text();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Without the word it stumbled on, which may be anybody's password.
    const why = error instanceof Error ? error.message.replaceAll(/"[^"]*"?/g, '"…"') : String(error);
    throw new Refusal("bad_input", `The body is not JSON: ${why}`);
  }
}

/** Where no handler is: what the path does take (204 when asked by OPTIONS, 405 otherwise), else 404. */
function noSuchRoute(c: Context, app: Hono): Response {
  const methods = app.routes
    .filter(({ path }) =>
      new RegExp(`^${path.replaceAll(".", "\\.").replace(/:\w+/g, "[^/]+")}$`).test(c.req.path),
    )
    .map(({ method }) => method);
  if (methods.length === 0) return refuse(new Refusal("not_found", `There is nothing at ${c.req.path}`));
  const allow = [
    ...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))),
    "OPTIONS",
  ];
  const headers = { allow: allow.join(", ") };
  if (c.req.method === "OPTIONS")
    return new Response(null, { status: 204, headers: { ...answerHeaders, ...headers } });
  return refuse(
    new HttpRefusal(
      405,
      "not_found",
      `${c.req.path} takes ${[...new Set(methods)].join(", ")}, not ${c.req.method}`,
      headers,
    ),
  );
}
