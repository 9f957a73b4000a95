/** Whether the model that is to advise bots could be asked: its key is there, and something answers where it should be. */
import process from "node:process";
import { bad, good, poor, type Verdict } from "./doctor-machine.ts";
import { modelLacks } from "./io/model-files.ts";
import { addressOf } from "./io/model-key.ts";
import { printable } from "./proto/printable.ts";
import { serviceOf, type Llm } from "./proto/llm-config.ts";

/** Asks the model nothing, and sends no key: any answer will do. Waits for it so many milliseconds. */
export async function modelOf(llm: Llm, maxMs: number, env = process.env): Promise<Verdict> {
  const lack = modelLacks(llm, env);
  if (lack !== undefined) return bad(printable(lack));
  const { provider } = llm;
  if (provider === "replay") return good(`none is asked: plans come from "${llm.replay_file}"`);
  const service = serviceOf(llm)!;
  const address = addressOf(provider, service);
  const told = `${provider} ${printable(service.model)} at ${printable(address)}`;
  try {
    const answer = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(maxMs) });
    await answer.body?.cancel();
    return good(`${told}: something answers there; "bbsbot advisor" tells how it does`);
  } catch (error) {
    const isSilent = (error as Error).name === "TimeoutError";
    return poor(
      `${told} ${isSilent ? `does not answer within ${maxMs / 1000} s` : "cannot be reached"}: bots play by their rules until it can`,
    );
  }
}
