/** What is learned while fighters bar the way. */
import { clearDanger, markDanger } from "./dangers.ts";
import type { Fact } from "./facts.ts";
import { bearable } from "./policy.ts";
import type { World } from "./world.ts";

/** The fighters of others in our sector, who will not have us there. */
export interface Encounter {
  readonly sector: number;
  readonly toll: boolean;
  /** Fighters of ours and of theirs, once the game has told. */
  ours: number;
  theirs: number;
  /** Credits they ask for; undefined until told. */
  price: number | undefined;
  /** They asked for more than we have. */
  broke: boolean;
  paid: boolean;
}

type EncounterFact = Extract<
  Fact,
  { type: "fightersMet" | "odds" | "tollAsked" | "tollPaid" | "cannotPay" | "waveSent" | "retreated" }
>;

export function encountered(world: World, fact: EncounterFact): void {
  switch (fact.type) {
    case "fightersMet":
      world.encounter = {
        sector: world.sector,
        toll: fact.toll,
        ours: world.fighters,
        theirs: 0,
        price: undefined,
        broke: false,
        paid: false,
      };
      return;
    case "retreated":
      world.retreats++;
      world.retreating = true;
      world.informed = false;
      markMet(world);
      world.encounter = undefined;
      return;
  }
  const { encounter } = world;
  if (!encounter) return;
  switch (fact.type) {
    case "odds":
      encounter.ours = fact.ours;
      encounter.theirs = fact.theirs;
      encounter.paid = false;
      return markMet(world);
    case "tollAsked":
      encounter.price = fact.credits;
      return;
    case "tollPaid":
      // What it cost is told by nothing but our purse.
      encounter.paid = true;
      world.informed = false;
      return;
    case "cannotPay":
      encounter.broke = true;
      return;
    case "waveSent":
      world.informed = false;
  }
}

/** The command prompt: whoever barred the way to this sector does so no longer. */
export function overcome(world: World): void {
  const { encounter } = world;
  world.retreats = 0;
  world.retreating = false;
  world.encounter = undefined;
  if (encounter?.sector === world.sector && !encounter.paid) clearDanger(world, encounter.sector);
}

/** Fighters that bar the way are a danger, and how many they are is known. */
function markMet(world: World): void {
  const { encounter, now: at } = world;
  if (!encounter) return;
  const { sector, theirs: count } = encounter;
  const mode = encounter.toll ? ("Toll" as const) : ("Defensive" as const);
  if (!bearable(world, { count, mode })) markDanger(world, sector, { kind: "fighters", count, at, mode });
}
