/** Requests that are refused: one error, whose code decides HTTP status and exit status for every face. */
import { z } from "zod";

/** A request that is refused: the code decides HTTP status and exit status, once, for every face. */
export const refusalCodes = {
  bad_input: { http: 400, exit: 2 },
  unauthorized: { http: 401, exit: 7 },
  forbidden: { http: 403, exit: 1 },
  not_found: { http: 404, exit: 5 },
  conflict: { http: 409, exit: 1 },
  swarm_full: { http: 409, exit: 1 },
  /** The same Idempotency-Key with another request. */
  key_reused: { http: 422, exit: 1 },
  /** The disk takes nothing more: what is asked cannot be kept, so it is not done. */
  disk_full: { http: 507, exit: 1 },
  unavailable: { http: 503, exit: 1 },
  /** The two that only a client meets. */
  manager_unreachable: { http: 502, exit: 4 },
  game_unreachable: { http: 502, exit: 6 },
} as const;
export type RefusalCode = keyof typeof refusalCodes;

/** RFC 9457 problem+json as it is sent and read. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(refusalCodes) as [RefusalCode, ...RefusalCode[]]),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Thrown by whoever refuses a request; never for a bug. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly errors?: { path: string; message: string }[],
  ) {
    super(message);
  }
}
