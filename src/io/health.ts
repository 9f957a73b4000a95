/** How a manager is, by asking it. */
import { z } from "zod";

const Health = z.object({ status: z.string(), version: z.string(), reason: z.string().optional() });

export type Asked =
  | {
      type: "manager";
      health: z.infer<typeof Health>;
      /** Milliseconds by which its clock is ahead. */ ahead: number;
    }
  | { type: "stranger"; status: number }
  | { type: "silent" }
  | { type: "nobody" };

/** Asks the manager at an address; waits for its answer so many milliseconds. */
export async function askHealth(url: string, maxMs: number): Promise<Asked> {
  try {
    const answer = await fetch(new URL("/health", url), {
      redirect: "manual",
      signal: AbortSignal.timeout(maxMs),
    });
    const health = Health.safeParse(await answer.json().catch(() => undefined)).data;
    if (!health) return { type: "stranger", status: answer.status };
    const ahead = Date.parse(answer.headers.get("date") ?? "") - Date.now();
    return { type: "manager", health, ahead: Number.isNaN(ahead) ? 0 : ahead };
  } catch (error) {
    return { type: (error as Error).name === "TimeoutError" ? "silent" : "nobody" };
  }
}
