/** Errors as they are answered: RFC 9457 problem+json, the same for every route. */
import type { z } from "zod";
import { Refusal, refusalCodes, type Problem, type RefusalCode } from "../proto/refusal.ts";

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Token needed",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Request too large",
  415: "Unsupported media type",
  421: "Misdirected request",
  422: "Unprocessable content",
  429: "Too many requests",
  500: "Internal error",
  502: "Bad gateway",
  503: "Unavailable",
  507: "Insufficient storage",
};

/** A refusal whose HTTP status says more than its code does, such as 413 among the bad inputs. */
export class HttpRefusal extends Refusal {
  constructor(
    readonly status: number,
    code: RefusalCode,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(code, message);
  }
}

/** The answer to a refused request. What is no Refusal is a bug: it is handed to `complain` and answered as 500. */
export function refuse(error: unknown, complain: (error: unknown) => void = () => {}): Response {
  if (error instanceof HttpRefusal) return problem(error.status, error, error.headers);
  if (error instanceof Refusal) return problem(refusalCodes[error.code].http, error);
  complain(error);
  return problem(500, new Refusal("unavailable", "The manager failed at this request; its log says why"));
}

function problem(status: number, refusal: Refusal, headers: Record<string, string> = {}): Response {
  const body: Problem & { error: string } = {
    type: "about:blank",
    title: titles[status] ?? "Error",
    status,
    code: refusal.code,
    detail: refusal.message,
    // Scripts of the first system read this.
    error: refusal.message,
    ...(refusal.errors && { errors: refusal.errors }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...answerHeaders, ...headers, "content-type": "application/problem+json" },
  });
}

/** On every answer: kept by nobody, sniffed by nobody, embedded by nobody. */
export const answerHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** The input as its schema makes it, or a refusal that names each place that does not fit. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  const first = errors[0];
  const where = first?.path ? `${first.path}: ` : "";
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  throw new Refusal(
    "bad_input",
    `The request does not fit: ${where}${first?.message ?? "unknown"}${more}`,
    errors,
  );
}
