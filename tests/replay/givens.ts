/**
 * Facts about a recording that its own screens do not tell: cuts in it, what other people or the sysop did meanwhile.
 * Each has its reason. A recording without a file in givens/ has none.
 */
import { existsSync } from "node:fs";
import type { GameSettings } from "../../src/games/tw2002/host/settings.ts";
import type { Value } from "./standing.ts";
import type { Tell } from "./oracle.ts";
import type { World } from "./world.ts";

export interface Givens {
  readonly settings?: { readonly why: string; readonly are: Partial<GameSettings> };
  /** The game's clock at a moment of the recording, where no screen shows a date. ms since 1970. */
  readonly clock?: { readonly why: string; readonly t: number; readonly is: number };
  /** How the player was before the first screen, where the screens tell of him only later. */
  readonly begin?: { readonly why: string; readonly is: Readonly<Record<string, Value>> };
  /** Changes of the galaxy before anybody comes. */
  readonly seed?: { readonly why: string; make(world: World): void };
  /** Times (seconds of the connection) before which something was cut out of the recording: the player stands at the command prompt in `sector` with this standing. */
  readonly cuts?: readonly {
    readonly t: number;
    readonly sector: number;
    readonly standing?: Readonly<Record<string, Value>>;
    make?(world: World): void;
  }[];
  /** What comes from outside of the recording, at its time. */
  readonly events?: readonly { readonly t: number; readonly why: string; make(world: World): void }[];
  /** Other callers, who type at these times (seconds of the recording's connection); before 0 they come in. */
  readonly others?: readonly {
    readonly why: string;
    readonly keys: readonly (readonly [t: number, text: string])[];
  }[];
  /** Tells of throws that only this recording needs. */
  readonly tells?: Readonly<Record<string, Tell>>;
}

const none: Givens = {};

export async function givensOf(name: string): Promise<Givens> {
  if (!existsSync(new URL(`./givens/${name}.ts`, import.meta.url))) return none;
  const found = (await import(`./givens/${name}.ts`)) as { readonly givens: Givens };
  return found.givens;
}
