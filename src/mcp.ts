/** `bbsbot mcp`. */
import type { McpFlags } from "./control/console/doors.ts";
import { Refusal } from "./proto/refusal.ts";

export async function mcpDoor(_flags: McpFlags, _version: string): Promise<number> {
  throw new Refusal("unavailable", "Not yet");
}
