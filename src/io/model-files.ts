/** Files that an `llm` section names, and whether the key is there that its service asks for. */
import { resolve } from "node:path";
import process from "node:process";
import { providerNames, serviceOf, type Llm } from "../proto/llm-config.ts";
import { Refusal } from "../proto/refusal.ts";
import { keyOf } from "./model-key.ts";
import type { Environment } from "./variables.ts";

/** The section with its paths begun at `folder`, where its file is: what they lead to is opened elsewhere. */
export function withModelPaths(llm: Llm, folder: string): Llm {
  const path = (file: string | null | undefined) => (file ? resolve(folder, file) : file);
  const services = providerNames.flatMap((name) => {
    if (name === "replay") return [];
    const service = llm[name];
    return [[name, { ...service, api_key_file: path(service.api_key_file) }] as const];
  });
  return {
    ...llm,
    ...Object.fromEntries(services),
    replay_file: path(llm.replay_file),
    record_file: path(llm.record_file),
  };
}

/**
 * What stands in the way of asking that model, as a line for people; undefined for nothing that can be seen from here. It is no
 * mistake in the file: who checks it may not be who uses it, and a bot without its model plays by its rules.
 */
export function modelLacks(llm: Llm, env: Environment = process.env): string | undefined {
  if (llm.provider === "replay")
    return llm.replay_file ? undefined : 'The provider "replay" needs a record: name it as "replay_file"';
  try {
    keyOf(llm.provider, serviceOf(llm)!, { env, isOwn: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message;
  }
}
