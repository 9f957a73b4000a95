/** A model's service on this machine: what it says and how it misbehaves is a test's own. Speaks the wire forms of OpenAI, Anthropic and Google. */
import { z } from "zod";

/** The user's part of a request, as `promptFor` makes it. */
const Prompt = z.object({
  swarm: z.unknown().optional(),
  bots: z.array(z.object({ bot: z.string(), picture: z.unknown() })),
});

/** What the model answers to a prompt: any text, as models do. */
export type Mind = (prompt: string) => string;

/** A mind that plans for each bot by its own picture. */
export const planningBy = (planFor: (picture: unknown, bot: string) => object): Mind =>
  mindOf((bot) => (picture) => JSON.stringify(planFor(JSON.parse(picture), bot)));

/** For each bot a mind of its own (minds.ts). One of them that babbles spoils the whole answer, as it would be. */
export function mindOf(mindFor: (bot: string) => (picture: string) => string): Mind {
  const minds = new Map<string, (picture: string) => string>();
  return (prompt) => {
    const plans = Prompt.parse(JSON.parse(prompt)).bots.map(({ bot, picture }) => {
      const mind = minds.get(bot) ?? mindFor(bot);
      minds.set(bot, mind);
      const plan = mind(JSON.stringify(picture));
      return /^\{\s*"/.test(plan) ? plan.replace("{", `{"bot":${JSON.stringify(bot)},`) : plan;
    });
    return `{"plans":[${plans.join(",")}]}`;
  };
}

/**
 * What goes wrong instead of an answer. `body`: these bytes as they are; `drip`: a byte every so many milliseconds; `flood`: bytes without end;
 * `hang`: no word; `close`: the connection ends in the middle.
 */
export type Fault =
  | {
      readonly type: "status";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly type: "body"; readonly body: string }
  | { readonly type: "drip"; readonly everyMs: number }
  | { readonly type: "flood" | "hang" | "close" };

export interface KeptRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly instructions: string;
  readonly prompt: string;
}

export interface ModelServer {
  /** `http://127.0.0.1:PORT`; what a provider adds to it is its own. */
  readonly url: string;
  readonly port: number;
  /** Requests as they came, the last `keptMax` of them. */
  readonly requests: readonly KeptRequest[];
  calls(): number;
  /** The most that were under way at one moment. */
  mostAtOnce(): number;
  /** From now on it misbehaves: the next `times` requests, or all. */
  fail(fault: Fault, times?: number): void;
  heal(): void;
  /** Drops what is under way, too. */
  stop(): Promise<void>;
}

export interface ModelServerOptions {
  readonly mind: Mind;
  readonly delayMs?: number;
  /** For a service that comes back where it was. */
  readonly port?: number;
}

const keptMax = 5000;
/** As if a token had four characters. */
const tokensOf = (text: string) => Math.ceil(text.length / 4);

export function modelServer({ mind, delayMs = 0, port = 0 }: ModelServerOptions): ModelServer {
  const requests: KeptRequest[] = [];
  let calls = 0;
  let underWay = 0;
  let most = 0;
  let fault: { readonly what: Fault; times: number } | undefined;

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const form = forms.find(({ path }) => path.test(pathname));
    if (form === undefined || request.method !== "POST")
      return Response.json({ error: { message: `Nothing at ${pathname}` } }, { status: 404 });
    const body = z.record(z.string(), z.unknown()).parse(await request.json());
    const { instructions, prompt } = form.read(body);
    const headers = Object.fromEntries(request.headers);
    requests.push({ path: pathname, headers, body, instructions, prompt });
    if (requests.length > keptMax) requests.shift();
    if (fault !== undefined && fault.times-- > 0) return faulty(fault.what, request.signal);
    if (delayMs > 0) await Bun.sleep(delayMs);
    const text = mind(prompt);
    return Response.json(form.write(text, tokensOf(instructions + prompt), tokensOf(text)));
  }
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port,
    idleTimeout: 0,
    // What it does on purpose is no error that Bun should print.
    development: false,
    error: () => new Response("", { status: 500 }),
    async fetch(request) {
      calls++;
      most = Math.max(most, ++underWay);
      try {
        return await answer(request);
      } finally {
        underWay--;
      }
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port!,
    requests,
    calls: () => calls,
    mostAtOnce: () => most,
    fail: (what, times = Infinity) => void (fault = { what, times }),
    heal: () => void (fault = undefined),
    stop: () => server.stop(true),
  };
}

function faulty(fault: Fault, gone: AbortSignal): Response | Promise<Response> {
  switch (fault.type) {
    case "status":
      return new Response(fault.body ?? "", { status: fault.status, headers: fault.headers ?? {} });
    case "body":
      return new Response(fault.body, { headers: { "content-type": "application/json" } });
    case "drip":
      return streaming(async (send) => {
        await Bun.sleep(fault.everyMs);
        send(" ");
      });
    case "flood":
      return streaming(async (send) => {
        await Bun.sleep(0);
        send(" ".repeat(64 * 1024));
      });
    case "hang":
      return new Promise((resolve) => gone.addEventListener("abort", () => resolve(new Response(""))));
    case "close":
      return streaming(async (send, cut) => {
        send('{"choices":[');
        await Bun.sleep(20);
        cut();
      });
  }
}

function streaming(step: (send: (text: string) => void, cut: () => void) => Promise<void>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) =>
      step(
        (text) => controller.enqueue(encoder.encode(text)),
        () => controller.error(new Error("cut as ordered")),
      ),
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

interface Form {
  readonly path: RegExp;
  read(body: unknown): { readonly instructions: string; readonly prompt: string };
  write(text: string, inputTokens: number, outputTokens: number): object;
}

const Parts = z.array(z.object({ text: z.string() }));
const textOf = (parts: z.infer<typeof Parts>) => parts.map(({ text }) => text).join("");
const OpenAi = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });
const Anthropic = z.object({ system: Parts, messages: z.array(z.object({ content: Parts })) });
const Google = z.object({
  systemInstruction: z.object({ parts: Parts }),
  contents: z.array(z.object({ parts: Parts })),
});

const forms: readonly Form[] = [
  {
    path: /^\/v1\/chat\/completions$/,
    read(body) {
      const { messages } = OpenAi.parse(body);
      const by = (role: string) => messages.filter((one) => one.role === role).map(({ content }) => content);
      return { instructions: by("system").join("\n"), prompt: by("user").join("\n") };
    },
    write: (text, inputTokens, outputTokens) => ({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: "stand-in",
      choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }],
      usage: {
        prompt_tokens: inputTokens,
        completion_tokens: outputTokens,
        total_tokens: inputTokens + outputTokens,
      },
    }),
  },
  {
    path: /^\/v1\/messages$/,
    read(body) {
      const { system, messages } = Anthropic.parse(body);
      return {
        instructions: textOf(system),
        prompt: messages.map(({ content }) => textOf(content)).join("\n"),
      };
    },
    write: (text, inputTokens, outputTokens) => ({
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "stand-in",
      content: [{ type: "text", text }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: { input_tokens: inputTokens, output_tokens: outputTokens },
    }),
  },
  {
    path: /^\/v1beta\/models\/[^/]+:generateContent$/,
    read(body) {
      const { systemInstruction, contents } = Google.parse(body);
      return {
        instructions: textOf(systemInstruction.parts),
        prompt: contents.map(({ parts }) => textOf(parts)).join("\n"),
      };
    },
    write: (text, inputTokens, outputTokens) => ({
      candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason: "STOP", index: 0 }],
      usageMetadata: {
        promptTokenCount: inputTokens,
        candidatesTokenCount: outputTokens,
        totalTokenCount: inputTokens + outputTokens,
      },
    }),
  },
];
