/** Operations that a test does not ask for: whoever does is told so. */
import type { Swarm } from "../../src/proto/operations.ts";

const never = async (): Promise<never> => {
  throw new Error("nobody answers this here");
};
export const unasked: Pick<
  Swarm,
  "botScreen" | "sendKeys" | "botDecisions" | "map" | "sector" | "routes" | "path"
> = {
  botScreen: never,
  sendKeys: never,
  botDecisions: never,
  map: never,
  sector: never,
  routes: never,
  path: never,
};
