/** The user's consent to what ends many bots at once: asked through the client where it can ask, or vouched for by an argument. */
import {
  acceptedContent,
  inputRequired,
  inputResponse,
  type ClientCapabilities,
  type InputRequiredResult,
} from "@modelcontextprotocol/server";
import { z } from "zod";

export type Consent =
  | { readonly type: "given" }
  /** The question, to be put to the user; the client calls again with the answer. */
  | { readonly type: "asks"; readonly result: InputRequiredResult }
  | { readonly type: "refused"; readonly message: string };

export interface Asker {
  readonly capabilities: ClientCapabilities | undefined;
  /** What the client brings along when it calls again. */
  readonly responses: Readonly<Record<string, unknown>> | undefined;
}

const Form = z.object({ confirm: z.boolean() });

/**
 * Whether `deed` ("kill 12 bots: a, b ...") may be done. A client that can ask its user always has to, whatever `confirm` says, since that
 * is the model's word. The answer stands for this very deed: another number of bots is asked anew.
 */
export function consentTo(deed: string, confirm: boolean | undefined, asker: Asker): Consent {
  if (!canAsk(asker.capabilities))
    return confirm
      ? { type: "given" }
      : refused(
          `Nothing was done: this would ${deed}, and the client cannot ask the user by itself. Ask the user, and call again with confirm: true once they agree`,
        );
  const key = deed.replaceAll(/[^\w]+/g, "_").slice(0, keyMaxChars);
  const answer = inputResponse(asker.responses, key);
  if (answer.kind !== "elicit") return { type: "asks", result: question(key, deed) };
  const agreed = acceptedContent(asker.responses, key, Form)?.confirm === true;
  if (agreed) return { type: "given" };
  const how = answer.action === "cancel" ? "the user closed the question" : "the user said no";
  return refused(
    `Nothing was done: asked whether to ${deed}, ${how}. Do not try again unless they ask for it`,
  );
}
const keyMaxChars = 100;

const refused = (message: string): Consent => ({ type: "refused", message });

/** Without further words, elicitation means by a form. */
function canAsk(capabilities: ClientCapabilities | undefined): boolean {
  const { form, url } = capabilities?.elicitation ?? { url: {} };
  return form !== undefined || url === undefined;
}

const question = (key: string, deed: string): InputRequiredResult =>
  inputRequired({
    inputRequests: {
      [key]: inputRequired.elicit({
        message: `Really ${deed}?`,
        requestedSchema: {
          type: "object",
          properties: {
            confirm: { type: "boolean", title: `Yes, ${deed}`, description: "Nothing happens without it" },
          },
          required: ["confirm"],
        },
      }),
    },
  });
