/** The `llm` section of bot.yaml and manager.yaml: which model is asked, and what asking it may cost. Keys come from the environment or a file, never from here. */
import { z } from "zod";
import { file, seconds, told } from "./config-words.ts";
import { botsPerCallMax } from "./advice.ts";

/** Providers by the names that a configuration uses. `gemini` is the first system's name for `google`. `replay` answers from a record. */
export const providerNames = [
  "ollama",
  "openai",
  "openai_compatible",
  "anthropic",
  "google",
  "gemini",
  "replay",
] as const;
export type ProviderName = (typeof providerNames)[number];

/** What each provider's service is asked with, most of it by the same schemas. */
function services() {
  const url = z
    .url({ protocol: /^https?$/, error: "expected an address such as http://localhost:11434" })
    // Addresses are shown to everybody who may look.
    .refine(
      (address) => !/^[^/]*\/\/[^/]*@/.test(address),
      "expected an address without a user or password in it",
    );

  const model = z.string().min(1).max(200);

  /** What all services are asked with, by the same schemas. */
  const asking = {
    /** Files of the first system have it: a key that is written out would be in every copy and dump of its file. */
    api_key: told(
      "Never here: the key comes from the environment, or from api_key_file",
      z
        .null(
          "a key does not belong here: leave it in the environment, or in a file of its own (api_key_file)",
        )
        .optional(),
    ),
    api_key_file: told(
      "A file with the key as its one line; left out, the environment is looked at",
      file.nullish(),
    ),
    timeout_seconds: told("Seconds that a call may take", seconds.min(0.1).max(600).default(30)),
    max_retries: told("Times that a failed call is made again", z.int().min(0).max(10).default(3)),
    retry_delay_seconds: told("Seconds before it is made again", seconds.max(600).default(1)),
    retry_backoff_multiplier: told(
      "By how much each further wait is longer",
      z.number().min(1).max(10).default(2),
    ),
    temperature: told(
      "How freely it answers; left out, as the service likes",
      z.number().min(0).max(2).nullish(),
    ),
    max_tokens: told(
      "Tokens of one answer, for each bot that is asked about",
      z.int().min(50).max(4000).default(300),
    ),
  } as const;

  const service = (usual: string, address: string | null) =>
    z
      .strictObject({
        model: told("The model's name as the service knows it", model.default(usual)),
        base_url: told("Where the service is; null for its usual address", url.nullable().default(address)),
        ...asking,
      })
      .prefault({});
  const google = service("gemini-2.5-flash", null);
  return {
    ollama: service("gemma3", "http://localhost:11434"),
    openai: service("gpt-4.1-mini", null),
    /** llama.cpp, vLLM, LM Studio and whatever else talks like OpenAI. */
    openai_compatible: service("default", "http://localhost:8080/v1"),
    anthropic: service("claude-haiku-4-5", null),
    google,
    gemini: google,
  };
}

const price = () => z.number().min(0).max(10_000).default(0);
const limit = (most: number) => z.int().min(1).max(most).nullable();

/** What asking may cost, for all bots that ask here together; null for no limit. A spent budget is no failure: bots play by their rules. */
export const Budget = z.lazy(() =>
  z.strictObject({
    calls_per_minute: told("Calls in a minute", limit(100_000).default(30)),
    calls_per_day: told("Calls in a day", limit(10_000_000).default(null)),
    tokens_per_day: told("Tokens in a day, sent and received", limit(10_000_000_000).default(null)),
    money_per_day: told(
      "Money in a day, by the prices below",
      z.number().min(0).max(1e9).nullable().default(null),
    ),
    plans_per_bot_per_day: told("Plans that one bot asks for in a day", limit(1_000_000).default(null)),
    price_per_million_input: told("Price of a million tokens sent", price()),
    price_per_million_output: told("Price of a million tokens received", price()),
  }),
);

/**
 * Made when it is first used, and so it is not in most workers' memory, of which it would take 0.4 MB. What stands around it must not
 * look into it before there is a value: `.default(null)` does not, `.optional()` does.
 */
export const Llm = z.lazy(() =>
  z.strictObject({
    provider: told(
      "Whose model is asked; replay answers from `replay_file`",
      z.enum(providerNames).default("ollama"),
    ),
    ...services(),
    replay_file: told("A record of an earlier session (`record_file`)", file.nullish()),
    record_file: told("A file to which each prompt and each answer is written", file.nullish()),
    budget: Budget.prefault({}),
    /** One call asks for many bots. */
    batch: z
      .strictObject({
        bots_per_call: told(
          "Bots that one call asks for, at most",
          z.int().min(1).max(botsPerCallMax).default(16),
        ),
        gather_seconds: told(
          "Seconds that a question waits for others to come along",
          seconds.max(60).default(0.5),
        ),
        calls_at_once: told("Calls under way at one moment", z.int().min(1).max(64).default(2)),
      })
      .prefault({}),
  }),
);
export type Llm = z.infer<typeof Llm>;

/** What one provider is asked with. */
export type Service = Llm["openai"];

/** The section of the provider that is chosen; undefined for `replay`. */
export const serviceOf = (llm: Llm): Service | undefined =>
  llm.provider === "replay" ? undefined : llm[llm.provider];

const turns = (usual: number) => z.int().min(1).max(100_000).default(usual);

/** `trading.ai_strategy` of bot.yaml: how far a model is heeded. */
export const AiStrategy = z.strictObject({
  fallback_strategy: told(
    "What is played while there is no plan, and after the model has failed too often",
    z.enum(["opportunistic", "profitable_pairs", "explore"]).default("opportunistic"),
  ),
  fallback_threshold: told("So many failures in a row, and the model is not asked for a while", turns(3)),
  fallback_duration_turns: told(
    "Turns of that while; twice as many each time it fails again at once",
    turns(10),
  ),
  think_interval_turns: told(
    "Turns after which a plan is looked at again, unless it says otherwise",
    turns(100),
  ),
  min_review_turns: told("Turns that a plan is given at least", turns(10)),
  max_review_turns: told("Turns that a plan is given at most", turns(500)),
  urgent_wakeup_min_spacing_turns: told("Turns between two questions, whatever happens", turns(10)),
  spend_max: told(
    "Credits that one plan may spend on ship and gear; null for no limit",
    z.int().min(0).nullable().default(null),
  ),
  spend_share: told(
    "Share of the credits in hand that one plan may spend so",
    z.number().min(0).max(1).default(1),
  ),
  loss_allowance: told(
    "Share of the turns that plans may waste, against what the rules earn, before only plans that follow the rules are taken",
    z.number().min(0).max(1).default(0.03),
  ),
  allow_combat: told("Plans may attack even when the goal is not combat", z.boolean().default(false)),
});
export type AiStrategy = z.infer<typeof AiStrategy>;
