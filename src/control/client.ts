/** A swarm that lives behind HTTP, as if it were here. */
import { z } from "zod";
import { mayBePosted, type Operation } from "../proto/operation.ts";
import { operations, type OperationName, type Swarm } from "../proto/operations.ts";
import { Problem, Refusal } from "../proto/refusal.ts";

/** Longest wait for an answer, in milliseconds. */
export const answerMaxMs = 30_000;

/** Longer addresses are refused by servers; what may be posted is, then. */
export const addressMaxChars = 8000;

export type Fetch = (request: Request) => Promise<Response>;

/**
 * The swarm of the manager at `base` (such as http://127.0.0.1:8000), asked with its `token`. Throws Refusal as the manager does, and
 * "manager_unreachable" when none answers.
 */
export function remoteSwarm(base: string, fetch: Fetch, token?: string): Swarm {
  const call = async (name: OperationName, input: Record<string, unknown>) => {
    const reply = await ask(base, fetch, requestFor(base, name, input, token));
    const body = await readReply(base, reply);
    if (!reply.ok) throw refusalIn(base, reply.status, body);
    const output = operations[name].output.safeParse(body);
    if (!output.success)
      throw new Refusal(
        "manager_unreachable",
        `What answers at ${base} speaks another language: ${z.prettifyError(output.error)}`,
      );
    return output.data;
  };
  return Object.fromEntries(
    (Object.keys(operations) as OperationName[]).map((name) => [
      name,
      (input: Record<string, unknown>) => call(name, input),
    ]),
  ) as unknown as Swarm;
}

function requestFor(
  base: string,
  name: OperationName,
  input: Record<string, unknown>,
  token: string | undefined,
): Request {
  const op: Operation = operations[name];
  const [usual, path] = op.http;
  const rest = { ...input };
  const filled = path.replace(/:(\w+)/g, (_, key: string) => {
    const value = rest[key];
    delete rest[key];
    return encodeURIComponent(String(value));
  });
  const url = new URL(filled, base);
  const said = Object.entries(rest as Record<string, string | number | undefined>).filter(
    ([, value]) => value !== undefined,
  );
  if (usual !== "POST") for (const [key, value] of said) url.searchParams.set(key, String(value));
  const isLong = mayBePosted(op) && url.href.length > addressMaxChars;
  if (isLong) url.search = "";
  const method = isLong ? "POST" : usual;
  const hasBody = method === "POST" && said.length > 0;
  return new Request(url, {
    method,
    signal: AbortSignal.timeout(answerMaxMs),
    // A manager sends nobody elsewhere, and the token is for nobody else.
    redirect: "manual",
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(hasBody && { "content-type": "application/json" }),
    },
    ...(hasBody && { body: JSON.stringify(rest) }),
  });
}

async function ask(base: string, fetch: Fetch, request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    const why = timedOut ? `no answer for ${answerMaxMs / 1000} s` : "nothing listens there";
    throw new Refusal("manager_unreachable", `Cannot reach the manager at ${base}: ${why}`);
  }
}

async function readReply(base: string, reply: Response): Promise<unknown> {
  try {
    return JSON.parse(await reply.text());
  } catch {
    throw new Refusal(
      "manager_unreachable",
      `What answers at ${base} is no bbsbot manager (HTTP ${reply.status})`,
    );
  }
}

function refusalIn(base: string, status: number, body: unknown): Error {
  const problem = Problem.safeParse(body);
  if (!problem.success)
    return new Refusal(
      "manager_unreachable",
      `What answers at ${base} is no bbsbot manager (HTTP ${status})`,
    );
  return new Refusal(problem.data.code, problem.data.detail, problem.data.errors);
}
