/** Pages of long lists, each short enough to be read whole. */
import { shaped, type Shape } from "../results.ts";

/** The most an assistant gets at once of anything that has pages. */
export const pageMax = 100;
export const pageDefault = 20;

/**
 * A page whose `list` is told whole. Cut by the manager itself, it has a cursor that leads on from where it was cut; were it cut here, what
 * was left out could not be asked for. One row is always told.
 */
export async function wholePage<P extends Readonly<Record<string, unknown>>>(
  most: number,
  list: string,
  shape: Shape,
  ask: (limit: number) => Promise<P>,
): Promise<P> {
  for (let limit = most; ;) {
    const page = await ask(limit);
    const { length } = shaped(page, shape)[list] as unknown[];
    if (length === (page[list] as unknown[]).length || limit === 1) return page;
    limit = Math.max(1, length);
  }
}
