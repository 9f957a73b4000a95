/** The keys of models' services: where they come from, and to whom they may go. */
import type { ProviderName, Service } from "../proto/llm-config.ts";
import { Refusal } from "../proto/refusal.ts";
import { readSecret } from "./secret-file.ts";
import type { Environment } from "./variables.ts";

/** What a configuration's author may use of this process's own. */
export interface KeyAccess {
  readonly env: Environment;
  /**
   * Whether the section is the operator's own: the manager's, or a lone worker's file. Anybody who may spawn a bot can write a bot's,
   * and so name any address and any file.
   */
  readonly isOwn: boolean;
}

/** A provider that is asked over the net. */
export type ServiceName = Exclude<ProviderName, "replay">;

/** Where each service is unless said otherwise, and the variables that its key may be in, the first that is set. */
const usual: Readonly<Record<ServiceName, { readonly url: string; readonly variables: readonly string[] }>> =
  {
    ollama: { url: "http://localhost:11434", variables: [] },
    openai: { url: "https://api.openai.com/v1", variables: ["OPENAI_API_KEY"] },
    openai_compatible: { url: "http://localhost:8080/v1", variables: ["BBSBOT_LLM_API_KEY"] },
    anthropic: { url: "https://api.anthropic.com/v1", variables: ["ANTHROPIC_API_KEY"] },
    google: {
      url: "https://generativelanguage.googleapis.com/v1beta",
      variables: ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"],
    },
    gemini: {
      url: "https://generativelanguage.googleapis.com/v1beta",
      variables: ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"],
    },
  };

/** These answer without a key, too. */
const needsNone: ReadonlySet<ServiceName> = new Set(["ollama", "openai_compatible"]);

/** Characters of a key, at least; what is shorter is no secret. */
export const keyMinChars = 8;

/** Where the service is, without a slash at its end. */
export const addressOf = (provider: ServiceName, service: Service): string =>
  (service.base_url ?? usual[provider].url).replace(/\/+$/, "");

/**
 * The key that goes to the service; undefined where it needs none and there is none. Read anew for each call, so that a key may be
 * changed under a running manager. Throws Refusal "bad_input", which says what is missing and never what a key is.
 */
export function keyOf(provider: ServiceName, service: Service, access: KeyAccess): string | undefined {
  const file = service.api_key_file;
  if (file) return keyInFile(provider, file, access);
  const { url, variables } = usual[provider];
  const key = variables.map((name) => access.env[name]?.trim()).find((value) => value);
  const isUsual = new URL(addressOf(provider, service)).origin === new URL(url).origin;
  if (key && (access.isOwn || isUsual)) {
    if (/^[!-~]+$/.test(key)) return key;
    throw new Refusal("bad_input", `${variables.join(" or ")} has to be plain characters without spaces`);
  }
  if (needsNone.has(provider)) return undefined;
  throw new Refusal(
    "bad_input",
    key
      ? `The key goes to ${new URL(url).origin} and nowhere else, unless the manager's own "llm" section names the address`
      : `There is no key: set ${variables.join(" or ")}, or name a file with it as "llm.${provider}.api_key_file"`,
  );
}

function keyInFile(provider: ServiceName, file: string, { isOwn }: KeyAccess): string {
  const bad = (why: string) =>
    new Refusal("bad_input", `"llm.${provider}.api_key_file" is "${file}": ${why}`);
  if (!isOwn) throw bad(`only the manager's own "llm" section may name a key's file`);
  const key = readSecret(file, keyMinChars, bad);
  if (key === undefined) throw bad("there is no such file");
  return key;
}
