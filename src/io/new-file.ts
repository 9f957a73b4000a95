/** Files that people ask us to write. */
import { Refusal } from "../proto/refusal.ts";

export async function writeFile(
  _path: string,
  _chunks: AsyncIterable<string>,
  _replace: boolean,
): Promise<void> {
  throw new Refusal("unavailable", "Not yet");
}
