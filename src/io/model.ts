/** Calls of a model, through the `ai` package, which is loaded with its provider's part when a model is opened. */
import type { LanguageModel } from "ai";
import { plansIn, type AdviceFailure, type Call, type CallResult } from "../proto/advice.ts";
import { serviceOf, type Llm } from "../proto/llm-config.ts";
import { Refusal } from "../proto/refusal.ts";
import { clean, serviceFetch, ServiceFailure } from "./model-fetch.ts";
import { addressOf, keyMinChars, keyOf, type KeyAccess, type ServiceName } from "./model-key.ts";

export interface Model {
  /** Calls once, without a retry, for plans of `forBots` bots. Never throws, never logs, and tells no key. */
  call(call: Call, forBots: number): Promise<CallResult>;
  /** Gives up the calls under way; each is answered at once. */
  end(): void;
}

/** These are known to take the wish for JSON. Of what is compatible with OpenAI some refuse the whole request for it. */
const readsJsonWish: ReadonlySet<ServiceName> = new Set(["ollama", "openai", "google", "gemini"]);

/** The same for the wish not to think aloud; of OpenAI's, only those that think take it. */
const mayBeToldNotToThink = (provider: ServiceName, model: string) =>
  provider === "openai" ? /^(o\d|gpt-([5-9]|\d\d)(?!.*chat))/.test(model) : provider !== "openai_compatible";

/** The model that a section chooses. Nothing is sent before the first call. */
export async function openModel(llm: Llm, access: KeyAccess): Promise<Model> {
  const provider = llm.provider;
  const service = serviceOf(llm);
  if (provider === "replay" || service === undefined)
    return { call: () => Promise.resolve(failed(0, "off", "A replay asks no model")), end: () => {} };
  const address = addressOf(provider, service);
  const [{ generateText, Output }, modelFor] = await Promise.all([
    import("ai"),
    modelsOf(provider, address, service.model),
  ]);
  // Else it writes to the console what a provider leaves out of a request.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const settings = {
    ...(typeof service.temperature === "number" && { temperature: service.temperature }),
    // Thoughts count among the tokens of an answer, and some models would spend them all on thoughts.
    ...(mayBeToldNotToThink(provider, service.model) && { reasoning: "none" as const }),
    ...(readsJsonWish.has(provider) && {
      output: { ...Output.text(), responseFormat: Output.json().responseFormat },
    }),
    maxRetries: 0,
    telemetry: { isEnabled: false },
  };
  const underWay = new Set<AbortController>();
  const call: Model["call"] = async ({ instructions, prompt }, forBots) => {
    const began = performance.now();
    const since = () => Math.round(performance.now() - began);
    const ending = new AbortController();
    underWay.add(ending);
    const timer = setTimeout(
      () => ending.abort(tooLate(service.timeout_seconds)),
      service.timeout_seconds * 1000,
    );
    let key: string | undefined;
    try {
      key = keyOf(provider, service, access);
      const { text, finishReason, usage } = await generateText({
        ...settings,
        model: modelFor(key, serviceFetch(address, ending.signal)),
        instructions,
        prompt,
        maxOutputTokens: service.max_tokens * forBots,
      });
      const tokens = { inputTokens: count(usage.inputTokens), outputTokens: count(usage.outputTokens) };
      const words = lacks(text, finishReason);
      return words === undefined
        ? { how: "replied", ms: since(), text: without(key, text), ...tokens }
        : { ...failed(since(), "bad_answer", words), ...tokens };
    } catch (error) {
      const { reason, message, retryMs } = failureOf(error);
      return failed(since(), reason, without(key, message), retryMs);
    } finally {
      clearTimeout(timer);
      underWay.delete(ending);
    }
  };
  return {
    call,
    end() {
      for (const ending of underWay) ending.abort(new ServiceFailure("unreachable", "The call was given up"));
    },
  };
}

/** Always an object of the provider's own: a model's mere name would be asked of a service that nobody chose. */
type ModelFor = (key: string | undefined, ask: typeof fetch) => Exclude<LanguageModel, string>;

async function modelsOf(provider: ServiceName, baseURL: string, model: string): Promise<ModelFor> {
  switch (provider) {
    case "ollama":
    case "openai_compatible": {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const url = provider === "ollama" ? `${baseURL.replace(/\/v1$/, "")}/v1` : baseURL;
      return (apiKey, ask) =>
        createOpenAICompatible({ name: "service", baseURL: url, fetch: ask, ...(apiKey && { apiKey }) })(
          model,
        );
    }
    case "openai": {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return (key, ask) => createOpenAI({ baseURL, fetch: ask, apiKey: key! }).chat(model);
    }
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return (key, ask) => createAnthropic({ baseURL, fetch: ask, apiKey: key! })(model);
    }
    case "google":
    case "gemini": {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
      return (key, ask) => createGoogleGenerativeAI({ baseURL, fetch: ask, apiKey: key! })(model);
    }
  }
}

function failed(ms: number, reason: AdviceFailure, words: string, retryMs?: number): CallResult {
  return { how: "failed", ms, reason, words, ...(retryMs !== undefined && { retryMs }) };
}

const tooLate = (seconds: number) => new ServiceFailure("timeout", `No answer within ${seconds} s`);

/** Why an answer is none, where that is seen before it is read; undefined for nothing. */
function lacks(text: string, finishReason: string): string | undefined {
  if (finishReason === "length" && plansIn(text) === undefined)
    return `The answer was cut off: "max_tokens" is too little for this model`;
  return text.trim() === "" ? `The answer is empty (${clean(finishReason)})` : undefined;
}

/** What stopped a call: what the service did, a key that is missing, or an answer in which the package cannot find one. */
function failureOf(error: unknown): ServiceFailure {
  if (error instanceof ServiceFailure) return error;
  if (error instanceof Refusal) return new ServiceFailure("refused_key", error.message);
  return new ServiceFailure("bad_answer", `The answer cannot be read: ${clean((error as Error).message)}`);
}

/** Some services repeat the key that they were sent. One that is short is no secret, and may well be a word of the answer. */
const without = (key: string | undefined, text: string) =>
  key === undefined || key.length < keyMinChars ? text : text.replaceAll(key, "***");

/** Tokens that a call can be about, at most: what is beyond is no count. */
const tokensMax = 1e9;
const count = (tokens: number | undefined) =>
  tokens !== undefined && tokens > 0 ? Math.min(Math.round(tokens), tokensMax) : 0;
