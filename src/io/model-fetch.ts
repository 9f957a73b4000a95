/** One request to a model's service: to the configured place and no other, and bounded, whatever comes back. */
import { z } from "zod";
import type { AdviceFailure } from "../proto/advice.ts";
import { printable } from "../proto/printable.ts";

/** Bytes of an answer, thinking aloud and all. The longest that is asked for, 32 bots' 4,000 tokens, takes half of it. */
export const answerMaxBytes = 1024 * 1024;
/** Characters of a service's own words that are passed on. */
const saidMaxChars = 200;

/** Why a service gave no answer; `message` is for people. */
export class ServiceFailure extends Error {
  readonly reason: AdviceFailure;
  readonly retryMs: number | undefined;

  constructor(reason: AdviceFailure, message: string, retryMs?: number) {
    super(message);
    this.reason = reason;
    this.retryMs = retryMs;
  }
}

/**
 * A `fetch` that posts to the service at `address` alone, follows no redirect, for the key would go along, and reads the answer whole, up
 * to `answerMaxBytes`. `signal` is to be aborted with a ServiceFailure. Throws ServiceFailure for everything but an answer of the service's with a status of success.
 */
export function serviceFetch(address: string, signal: AbortSignal): typeof fetch {
  const { origin } = new URL(address);
  const request = async (url: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    if (new URL(url instanceof Request ? url.url : url).origin !== origin)
      throw new ServiceFailure("unreachable", `Only ${origin} is asked`);
    const response = await reached(origin, () => fetch(url, { ...init, signal, redirect: "manual" }));
    const text = await reached(origin, () => bounded(response));
    if (response.ok) return new Response(text, { status: response.status, headers: jsonHeaders });
    throw refused(origin, response, text);
  };
  return Object.assign(request, { preconnect: () => {} });
}

/** Whatever it was sent as, packed or not: what is handed on is its text. */
const jsonHeaders = { "content-type": "application/json" };

/** Does what may fail on the way. Whoever ends it by the signal has said why. */
async function reached<T>(origin: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ServiceFailure) throw error;
    const { code, message } = error as { code?: unknown; message: string };
    const why = typeof code === "string" ? code : message;
    throw new ServiceFailure("unreachable", `${origin} cannot be reached: ${clean(why)}`);
  }
}

/** The body as text. Throws ServiceFailure `bad_answer` for one beyond the limit, of which no more is read. */
async function bounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    // Leaving the loop cancels the rest.
    if (bytes > answerMaxBytes)
      throw new ServiceFailure("bad_answer", `The answer is longer than ${answerMaxBytes / 1024} KB`);
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

/** What a status other than success means. */
function refused(origin: string, response: Response, text: string): ServiceFailure {
  const { status, headers } = response;
  const target = status >= 300 && status < 400 ? headers.get("location") : null;
  if (target !== null)
    return new ServiceFailure(
      "bad_answer",
      `${origin} answered ${status} and points to "${clean(target)}", which is not followed: base_url has to name the right address`,
    );
  const words = said(text);
  return new ServiceFailure(
    reasonFor(status),
    `${origin} answered ${status}${words === "" ? "" : `: ${words}`}`,
    retryAfter(headers.get("retry-after"), Date.now()),
  );
}

/** 402 is an account without credits. */
function reasonFor(status: number): AdviceFailure {
  if (status === 401 || status === 402 || status === 403) return "refused_key";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server_error" : "bad_answer";
}

/** How all of them, and what copies them, tell an error. */
const Told = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/** The service's own message, or else how its answer begins. */
function said(text: string): string {
  try {
    const told = Told.safeParse(JSON.parse(text));
    if (told.success)
      return clean(typeof told.data.error === "string" ? told.data.error : told.data.error.message);
  } catch {
    // No JSON: a gateway's page, for one.
  }
  return clean(text);
}

/** Text of a service's as part of a line for people. */
export function clean(text: string): string {
  const line = printable(
    text
      .slice(0, 10 * saidMaxChars)
      .trim()
      .replaceAll(/\s+/g, " "),
  );
  return line.length > saidMaxChars ? `${line.slice(0, saidMaxChars - 1)}…` : line;
}

/** Milliseconds of a Retry-After in its two forms, seconds and a date; undefined for none and for nonsense. */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, Math.ceil(ms)) : undefined;
}
