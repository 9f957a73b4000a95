/**
 * Plays a recording's keys to our host at the recording's times and keeps what it writes, step by step. Where the two
 * drift apart the host is set right, so that later steps are not spoiled; each such correction is a finding.
 */
import { createHost } from "../../src/games/tw2002/host/mod.ts";
import { exchange, othersOf, taken } from "./exchange.ts";
import type { Givens } from "./givens.ts";
import {
  aheadOf,
  breakUnits,
  correct,
  type Correction,
  goHome,
  placeWanderers,
  restock,
  setStanding,
} from "./mending.ts";
import type { Oracle } from "./oracle.ts";
import { openLine, plain } from "./plain.ts";
import type { Recording, Step } from "./recording.ts";
import type { Revealed } from "./reveal.ts";
import type { Value } from "./standing.ts";
import { createWorld, seal, type World } from "./world.ts";

export interface Played {
  readonly step: Step;
  readonly connection: number;
  readonly written: string;
  /** We were not where the recording was: the step's keys were not played. */
  readonly lost: boolean;
}

export interface Performance {
  readonly steps: readonly Played[];
  readonly corrections: readonly Correction[];
  /** What the host threw, or a line that it left open. */
  readonly failures: readonly { readonly t: number; readonly label: string; readonly failure: string }[];
  readonly world: World;
  /** All that other callers saw. */
  readonly screens: readonly string[];
}

/** The server's imitation of a slow line, as the recordings' own delays show it. */
const latencyMs = 150;
const second = 1000;

/** Steps that a throw may look ahead. */
const lookAhead = 5;
/** Steps after a cut in which a list of all that the player has may still come. */
const listAhead = 3;

const homePrompt = (sector: number) => `Command [TL=00:00:00]:[${sector}] (?=Help)? : `;
const commandPrompt = /^Command \S? ?\[TL=[\d:]+\]:\[(\d+)\] \(\?=Help\)\? : $/;

export function perform(
  recording: Recording,
  revealed: Revealed,
  givens: Givens,
  oracle: Oracle,
  begin: Readonly<Record<string, Value>>,
): Performance {
  const world = createWorld(revealed, oracle, givens.settings?.are ?? {}, { ...begin, ...givens.begin?.is });
  givens.seed?.make(world);
  const { galaxy } = world;
  const host = exchange(
    createHost({
      games: [{ letter: revealed.letter, name: revealed.gameName, galaxy }],
      seal,
      latencyMs,
    }),
    revealed.zeros[0] ?? 0,
  );
  const steps: Played[] = [];
  const corrections: Correction[] = [];
  const failures: { t: number; label: string; failure: string }[] = [];
  const all = recording.connections.flatMap((connection) => connection.steps);
  let screens: string[] = [];
  for (const [connection, { steps: wanted, ended, closed }] of recording.connections.entries()) {
    const zero = revealed.zeros[connection] ?? 0;
    const others = othersOf(givens, zero, host);
    others.wait(zero, true);
    const line = host.dial();
    let recorded = "";
    let ours = "";
    let lost = false;
    const cuts = [...(givens.cuts ?? [])];
    const events = [...(givens.events ?? [])];
    /** What the line brought until now belongs to the step before. */
    const close = () => {
      const played = steps.at(-1);
      if (!played) return;
      const written = taken(line);
      const now = { ...played, written: played.written + written };
      steps[steps.length - 1] = now;
      ours += written;
      recorded += played.step.expected;
      const { t, label } = played.step;
      for (const failure of host.failures.splice(0)) failures.push({ t, label, failure });
      if (!played.lost) correct(world, now.step, now.written, corrections);
      if (!samePlace(recorded, ours)) lost = true;
    };
    for (const [index, step] of wanted.entries()) {
      if (index > 0) {
        others.wait(zero + Math.round(step.t * second), true);
        close();
      }
      const number = steps.length;
      while (cuts[0] && cuts[0].t <= step.t) {
        const [cut] = cuts.splice(0, 1);
        if (!cut || !goHome(world, line, cut.sector)) continue;
        lost = false;
        restock(world, number);
        const standing = { ...aheadOf(wanted.slice(index, index + listAhead)), ...cut.standing };
        setStanding(world, step, standing, corrections);
        cut.make?.(world);
        recorded = ours = homePrompt(cut.sector);
      }
      while (events[0] && events[0].t <= step.t) events.shift()?.make(world);
      const place = commandPrompt.exec(plain(openLine(recorded)));
      if (lost && place && goHome(world, line, Number(place[1]))) {
        lost = false;
        ours = recorded;
      }
      const later = all.slice(number + 1, number + 1 + lookAhead).map(({ expected }) => expected);
      oracle.begin(number, step.expected, later.join(""));
      placeWanderers(world, step.expected);
      breakUnits(world, number, host.now(), step, corrections);
      for (const { t, text } of lost ? [] : step.keys) {
        others.wait(zero + Math.round(t * second), false);
        host.press(line, text);
      }
      steps.push({ step, connection, written: "", lost });
    }
    others.wait(zero + Math.round(ended * second) + latencyMs, true);
    close();
    if (closed && line.open) {
      failures.push({ t: ended, label: "", failure: "the real server closed the line, ours did not" });
    }
    host.hangUp(line);
    screens = others.screens();
  }
  return { steps, corrections, failures, world, screens };
}

/** Whether both wait at the same prompt; figures apart. */
function samePlace(recorded: string, ours: string): boolean {
  const shape = (text: string) =>
    plain(openLine(text))
      .replace(/[\d,]*\d/g, "#")
      .trimEnd();
  return shape(recorded) === shape(ours);
}
