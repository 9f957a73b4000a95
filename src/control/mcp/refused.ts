/** What cannot be answered, in the words of JSON-RPC, which is what clients of /mcp read. */

/** No code of the protocol says more; what the server says of itself begins here. */
const serverError = -32_000;

export function refuseMessage(status: number, message: string, body: unknown, code = serverError): Response {
  return Response.json({ jsonrpc: "2.0", id: idOf(body), error: { code, message } }, { status });
}

/** The number or word of the one request that is answered. */
function idOf(body: unknown): string | number | null {
  const { method, id } = (typeof body === "object" ? (body ?? {}) : {}) as { method?: unknown; id?: unknown };
  return typeof method === "string" && (typeof id === "string" || typeof id === "number") ? id : null;
}
