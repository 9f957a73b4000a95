/** cli.yaml as a schema: what the command line need not be told each time. */
import { z } from "zod";
import { told } from "./config-words.ts";
import { isManagerUrl } from "./manager-url.ts";

export const CliConfig = z.strictObject({
  url: told(
    "The manager that verbs speak to; --url and BBSBOT_URL go before it",
    z.string().max(400).refine(isManagerUrl, "expected an address such as http://localhost:8000").optional(),
  ),
  token_file: told(
    "That manager's token, one line that only its owner can read; --token-file and BBSBOT_TOKEN go before it",
    z.string().min(1).max(4096).optional(),
  ),
  color: told(
    "Colours: auto for a terminal's only, always, or never; --color, NO_COLOR and FORCE_COLOR go before it",
    z.enum(["auto", "always", "never"]).default("auto"),
  ),
});
export type CliConfig = z.infer<typeof CliConfig>;
