/** A command tried in every way, and what it wrote looked at for whatever could steer a terminal. */
import { expect } from "bun:test";
import { sequences, steering } from "../doubles/hostile.ts";
import { atTerminal, inPipe, type Way } from "./matrix.ts";
import type { Stage } from "./matrix-world.ts";

/** A Tab stands between what completion offers and what it says of it; in CSV a line ends in two. */
export const clean = (what: readonly string[], text: string, draws = false) => {
  const wrong = new Set(steering(text.replaceAll("\r\n", "\n"), draws));
  for (const sequence of sequences) if (text.includes(sequence)) wrong.add(sequence);
  expect({ what: what.join(" "), wrong: [...wrong].filter((mark) => mark !== "9") }).toEqual({
    what: what.join(" "),
    wrong: [],
  });
};
/** Commands on a stage, which is set when they are run. */
export function trials(stage: () => Stage) {
  const way = (more: Way = {}): Way => ({
    cwd: stage().world.folder,
    ...more,
    env: { ...stage().env, ...more.env },
  });

  /** A command in every way; all that it wrote. */
  async function everyWay(
    argv: readonly string[],
    more: Way = {},
    ways: { readonly json?: boolean; readonly tty?: boolean } = {},
  ): Promise<string> {
    const runs = [
      inPipe(argv, way(more)),
      ...(ways.json === false ? [] : [inPipe([...argv, "--json"], way(more))]),
    ];
    const seen =
      ways.tty === false
        ? []
        : [
            atTerminal(argv, way(more)),
            atTerminal(argv, way({ ...more, env: { NO_COLOR: "1" }, size: { cols: 20, rows: 5 } })),
          ];
    const [piped, drawn] = await Promise.all([Promise.all(runs), Promise.all(seen)]);
    for (const { out, err } of piped) {
      clean(argv, out + err);
      expect(out + err).not.toContain("\u001b");
    }
    for (const { out } of drawn) clean([...argv, "(at a terminal)"], out, true);
    return [...piped, ...drawn].map(({ out, err }) => out + err).join("");
  }

  return { way, everyWay };
}
