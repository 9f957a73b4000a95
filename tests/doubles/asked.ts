/** The least that each operation can be asked over HTTP: an address with its path filled in, and a body where one is needed. */
import { operations, type OperationName } from "../../src/proto/operations.ts";

const filled: Readonly<Record<string, string>> = { bot_id: "a", sector: "7" };
const queries: { readonly [K in OperationName]?: string } = { path: "?from=1&to=2" };
const bodies: { readonly [K in OperationName]?: object } = {
  setGoal: { goal: "profit" },
  scaleSwarm: { count: 1 },
  orderBots: { action: "pause", bots: ["all"] },
  sendKeys: { keys: "D" },
};

export function leastOf(name: OperationName): { method: string; path: string; body: string | undefined } {
  const [method, path] = operations[name].http;
  const body = bodies[name];
  return {
    method,
    path: path.replace(/:(\w+)/g, (_, key: string) => filled[key]!) + (queries[name] ?? ""),
    body: body && JSON.stringify(body),
  };
}
