/**
 * Looking around without going anywhere: the scanners, and the computer's interrogation mode (CIM), which echoes nothing.
 *
 *     : I
 *      852   87  593  969
 *     : F
 *     FM > 852
 *       TO > 926
 *     852 > (87) > (744) > (70) > (926)
 */
import type { Ahead, Answer, Skill } from "../../../player/game.ts";
import type { Course, Intent } from "../intents.ts";
import type { Prompt } from "../prompts.ts";
import type { World } from "../world.ts";

export const scan: Skill<World, Prompt, Extract<Intent, { type: "scan" }>> = {
  start: () => ({ keys: "S" }),
  // Only a holographic scanner asks; the other one has but one thing to show.
  answers: { scan: ({ intent }) => ({ keys: intent.kind === "holo" ? "H" : "D" }) },
};

/**
 * Warps, then ports. The first goes in together with us: where the key for it is lost, I shows what we know of ourselves. The
 * others one after the other: a key in the middle of a listing may cut it short.
 */
const listings = ["I", "R"] as const;

export const survey: Skill<World, Prompt, Extract<Intent, { type: "survey" }>> = {
  start: () => ({ keys: "^", ahead: [{ at: "cim", keys: listings[0] }] }),
  answers: { cim: ({ world }) => ({ keys: listings[world.visit.cimTurns] ?? "Q" }) },
};

/** Without a probe aboard the game says so, and we are home again. */
export const probe: Skill<World, Prompt, Extract<Intent, { type: "probe" }>> = {
  start: () => ({ keys: "E" }),
  answers: { probeTarget: ({ intent }) => ({ keys: `${intent.to}\r` }) },
};

/**
 * Courses in one write: what a real server was seen to take without a loss is 24 keys (recording 17), what a course needs up
 * to 13. Keys that go astray do no harm here: numbers are nothing at the interrogation's prompt, F is nothing at its questions,
 * and Enter alone is refused by them; F at the command prompt asks how many fighters to leave, and a number would be
 * taken there, so Q is never typed ahead.
 */
export const coursesAhead = 8;

export const plot: Skill<World, Prompt, Extract<Intent, { type: "plot" }>> = {
  start: () => ({ keys: "^" }),
  answers: {
    cim: ({ world, intent }) => plotNext(intent.courses, world.visit.courses),
    cimFrom: ({ world, intent }) => typed(intent.courses[world.visit.courses]?.[0]),
    cimTo: ({ world, intent }) => typed(intent.courses[world.visit.courses]?.[1]),
  },
};

const typed = (sector: number | undefined): Answer =>
  sector === undefined ? undefined : { keys: `${sector}\r` };

/** The next courses, after so many that were asked for on this visit. */
function plotNext(courses: readonly Course[], asked: number): Answer {
  const next = courses.slice(asked, asked + coursesAhead);
  if (next.length === 0) return { keys: "Q" };
  const ahead = next.flatMap(([from, to], index): Ahead<Prompt["type"]>[] => [
    ...(index === 0 ? [] : [{ at: "cim" as const, keys: "F" }]),
    { at: "cimFrom", keys: `${from}\r` },
    { at: "cimTo", keys: `${to}\r` },
  ]);
  return { keys: "F", ahead };
}
