/** `bbsbot doctor`: what on this machine, and about the manager, would keep a swarm from running well. */
import type { Finding, ManagerAt } from "./control/console/doors.ts";

export async function examine(_at: ManagerAt, _version: string): Promise<Finding[]> {
  return [];
}
