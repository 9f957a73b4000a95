/** TradeWars 2002, as the player sees it. */
import type { Game } from "../../player/game.ts";
import { advice } from "./advice/mod.ts";
import { haggleWay } from "./bidding.ts";
import type { Fact } from "./facts.ts";
import type { Intent } from "./intents.ts";
import { type Prompt, readPrompt } from "./prompts.ts";
import { createReader } from "./reader/read.ts";
import { reflexes, waysHome } from "./reflexes.ts";
import { skills } from "./skills/mod.ts";
import { strategies } from "./strategies/mod.ts";
import { restless } from "./strategies/explore.ts";
import { verdict } from "./strategies/verdict.ts";
import { learn } from "./learn.ts";
import { lent } from "./lent.ts";
import { lore } from "./lore.ts";
import { progress, standing } from "./standing.ts";
import { hungUp, newWorld, type World } from "./world.ts";

export const tw2002: Game<World, Fact, Prompt, Intent> = {
  name: "tw2002",
  home: "command",
  newWorld,
  newReader: createReader,
  prompt: readPrompt,
  tells: (prompt) => (prompt.type === "command" ? [{ type: "at", sector: prompt.sector }] : []),
  learn,
  lore,
  hungUp,
  lent,
  paced(world, roundTripMs) {
    world.haggle = haggleWay(world.self.haggle, roundTripMs);
  },
  progress,
  standing,
  describe,
  verdict,
  enter: { type: "enter" },
  leave: { type: "leave" },
  reflexes,
  // A blank at a second [Pause], a game's letter at its splash screen: neither does anything there.
  repeatable: ["pause", "gameMenu"],
  // Known by its general form alone: "Really? " may go on with "(Y/N) ". And what asks for a password had better stay there:
  // names and messages are printed in one go.
  doubtful: ["question", "password", "gamePassword"],
  skills,
  strategies,
  advice,
  restless,
  waysHome,
};

function describe({ sector }: Readonly<World>, intent: Intent): string {
  switch (intent.type) {
    case "enter":
      return "entering the game";
    case "inform":
      return "reading the ship's papers";
    case "look":
      return `looking around in ${sector}`;
    case "move":
    case "travel":
      return `moving from ${sector} to ${intent.to}`;
    case "trade":
      return `trading at ${sector}`;
    case "fight":
      return `fighting in ${intent.to}`;
    case "outfit":
      return `fitting out the ship at ${sector}`;
    case "dock":
      return "on errands at the StarDock";
    case "scan":
      return `scanning around ${sector}`;
    case "status":
      return "reading the game's status";
    case "survey":
      return "asking the computer for its charts";
    case "probe":
      return `sending a probe to ${intent.to}`;
    case "plot":
      return `plotting ${intent.courses.length} courses`;
    case "leave":
      return "leaving the game";
  }
}
