/** The figures that others are held against: bench/baseline.json. */
import { z } from "zod";
import { Machine } from "./machine.ts";
import type { Figure } from "./measure.ts";

const BaselineFigure = z
  .strictObject({
    unit: z.string(),
    kind: z.enum(["duration", "rate", "cost", "yield"]),
    median: z.number(),
    min: z.number(),
    max: z.number(),
    mad: z.number().min(0),
    runs: z.int().min(1),
    slack: z.number().min(0),
    yardstick: z.strictObject({ name: z.enum(["work", "start"]), ms: z.number().positive() }).optional(),
    /** When it was taken: a key of `takings`. */
    taken: z.string(),
  })
  .refine(
    ({ kind, yardstick }) => (yardstick !== undefined) === (kind === "duration" || kind === "rate"),
    "expected a yardstick for a duration or a rate, and for nothing else",
  );

const Baseline = z
  .strictObject({
    format: z.literal(1),
    /** The machine as it was at each moment of which figures are left. */
    takings: z.record(z.string(), Machine),
    figures: z.record(z.string(), BaselineFigure),
  })
  .superRefine(({ takings, figures }, context) => {
    for (const [name, { taken }] of Object.entries(figures))
      if (!Object.hasOwn(takings, taken))
        context.addIssue({
          code: "custom",
          path: ["figures", name, "taken"],
          message: `no taking "${taken}"`,
        });
  });
export type Baseline = z.infer<typeof Baseline>;

export const emptyBaseline: Baseline = { format: 1, takings: {}, figures: {} };

/** Reads the text of a baseline. Throws with the place and what was expected there. */
export function readBaseline(text: string): Baseline {
  const parsed = Baseline.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`The baseline cannot be read: ${issues.join("; ")}`);
}

/** The baseline with these figures in it; of others it keeps what it had. */
export function renewed(baseline: Baseline, figures: readonly Figure[], machine: Machine): Baseline {
  const fresh = figures.map((figure) => [figure.name, keptOf(figure, machine.at)] as const);
  const all = Object.entries({ ...baseline.figures, ...Object.fromEntries(fresh) });
  const takings = { ...baseline.takings, [machine.at]: machine };
  const used = new Set(all.map(([, { taken }]) => taken));
  return {
    format: 1,
    takings: Object.fromEntries(Object.entries(takings).filter(([at]) => used.has(at))),
    figures: Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const keptOf = (figure: Figure, taken: string): Baseline["figures"][string] => {
  const { unit, kind, median, min, max, mad, runs, slack, yardstick } = figure;
  return { unit, kind, median, min, max, mad, runs, slack, ...(yardstick && { yardstick }), taken };
};

/** As it is committed: figures to five digits, which is more than any of them means. */
export const baselineText = (baseline: Baseline) =>
  `${JSON.stringify(baseline, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(5)) : value), 2)}\n`;
