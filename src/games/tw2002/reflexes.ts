/**
 * What is done at each prompt when the skill in hand has no answer of its own: the way in, [Pause], and out of every
 * place nobody meant to be in. A password leaves at a password prompt and nowhere else.
 */
import type { Answer, Answers } from "../../player/game.ts";
import { meet, wave } from "./policy.ts";
import type { Prompt } from "./prompts.ts";
import { chosenName, type World } from "./world.ts";

/** Wrong passwords after which the character is not ours. */
export const wrongPasswordsMax = 2;
/** Names refused after which we run out of ideas. */
export const namesRefusedMax = 12;
/** Times a full or closed game is asked again, how long we wait before, and how long we stay away then. */
export const refusalsMax = 20;
export const refusedWaitMs = 5_000;
export const refusedRestMs = 15 * 60_000;
/** Whoever died waits for another day of the game, whose midnight we do not know: we ask so often, in milliseconds. */
export const lockedOutRestMs = 6 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** Names and passwords come from people's files: Enter and other controls in them would be keys of their own. */
const typed = (text: string) => text.replaceAll(/\p{Cc}/gu, "");
const keys = (text: string): Answer => ({ keys: text });
const leave = () => keys("Q");
const no = () => keys("N");

/** The letter of our game, once the host has shown that it has it. */
function chooseGame({ self, door, trader }: Readonly<World>): Answer {
  const letter = self.gameLetter.toUpperCase();
  if (door.lockedOutDays > 0)
    return {
      rest: {
        reason: `The game keeps "${self.name}" out for ${door.lockedOutDays} day(s) after a death`,
        forMs: (door.lockedOutDays - 1) * dayMs + lockedOutRestMs,
      },
    };
  if (door.wrongPasswords > 0 && self.gamePassword)
    return { giveUp: `The host refuses the password for game ${letter}` };
  if (door.letters.length > 0 && !door.letters.includes(letter)) {
    const reason = `The host has no game ${letter}; it lists ${door.letters.join(", ")}`;
    // A game that we have played has been taken off for a while.
    return trader === undefined ? { giveUp: reason } : { rest: { reason, forMs: refusedRestMs } };
  }
  if (door.refusals > refusalsMax)
    return {
      rest: {
        reason: `Game ${letter} lets nobody in: ${door.refused ?? "refused without a word"}`,
        forMs: refusedRestMs,
      },
    };
  return door.refused === undefined ? keys(letter) : { keys: letter, waitMs: refusedWaitMs };
}

function password({ self, door }: Readonly<World>): Answer {
  if (door.secret !== "character") return undefined;
  if (door.wrongPasswords >= wrongPasswordsMax)
    return { giveUp: `The game refuses the password of "${self.name}"` };
  return { keys: `${typed(self.password)}\r`, secret: true };
}

function gamePassword({ self, door }: Readonly<World>): Answer {
  if (door.secret !== "game") return undefined;
  if (!self.gamePassword)
    return { giveUp: `Game ${self.gameLetter} asks for a password and none is configured` };
  return { keys: `${typed(self.gamePassword)}\r`, secret: true };
}

const optionKeys = { pay: "P", attack: "A", retreat: "R" } as const;

/** The key for fighters that bar the way; whom nobody announced, we flee. */
const dealWith = (world: Readonly<World>) =>
  world.encounter ? optionKeys[meet(world, world.encounter).deed] : "R";

export const reflexes: Answers<World, Prompt, undefined> = {
  doorName: ({ world }) => keys(`${typed(world.self.name)}\r`),
  gameMenu: ({ world }) => chooseGame(world),
  gameDescriptions: leave,
  gamePassword: ({ world }) => gamePassword(world),
  mainMenu: () => keys("T\r"),
  todaysLog: no,
  stamps: no,
  newCharacter: () => keys("Y"),
  password: ({ world }) => password(world),
  // A name that the game has refused once is not offered again.
  nameChoice: ({ world }) => keys(world.door.namesRefused > 0 ? "N" : "B"),
  alias: ({ world }) =>
    world.door.namesRefused > namesRefusedMax
      ? { giveUp: `The game takes no name like "${world.self.name}"` }
      : keys(`${typed(chosenName(world))}\r`),
  nameIsWanted: () => keys("Y"),
  shipName: ({ world }) => keys(`${typed(world.self.shipName)}\r`),
  planetName: ({ world }) => keys(`${typed(world.self.planetName)}\r`),
  clearAvoids: no,
  pause: () => keys("\r"),
  toSector: ({ world }) => keys(`${world.sector}\r`),
  engage: no,
  stopHere: () => keys("Y"),
  // The game remembers every sector that it ever warned us of; we forgive them in time.
  danger: ({ world }) => keys(world.warned ? "N" : "Y"),
  probeTarget: () => keys("\r"),
  noRouteClear: no,
  avoidMined: ({ world }) => keys(world.dangers.has(world.sector) ? "Y" : "N"),
  fighterOption: ({ world }) => keys(dealWith(world)),
  payToll: ({ world }) => keys(dealWith(world) === "P" ? "Y" : "N"),
  fightersToUse: ({ world, prompt }) => keys(`${wave(world, prompt.most)}\r`),
  transWarp: no,
  quitConfirm: no,
  cloak: no,
  portMenu: leave,
  quantity: () => keys("0\r"),
  // An offer nobody meant to haggle over: the port's own price, which is always taken.
  offer: () => keys("\r"),
  class0: leave,
  planet: leave,
  citadel: leave,
  stardock: leave,
  shop: leave,
  computer: leave,
  corporate: leave,
  navPoint: leave,
  scan: leave,
  howMany: () => keys("0\r"),
  holdsConfirm: no,
  oneOff: no,
  whichScanner: leave,
  whichDrive: leave,
  tradeIn: no,
  readyToDeal: no,
  stillInterested: no,
  whichShip: leave,
  buyIt: no,
  whoseShip: () => keys("P"),
  shipLock: no,
  // Of a ship, never ours: none is wanted.
  shipPassword: () => keys("\r"),
  howManyCredits: () => keys("0\r"),
  cim: leave,
  // No number is refused, and the interrogation goes on.
  cimFrom: () => keys("\r"),
  cimTo: () => keys("\r"),
  cimSector: () => keys("\r"),
  question: ({ prompt }) => keys(prompt.decline),
};

/** Keys that do no harm wherever they land: a blank, a no, a way out. Nothing where a secret is asked for. */
export function waysHome(openLine: string): readonly string[] {
  // A message to others, or the next line of it: an empty one is none, and anything else would be said.
  if (/^[`'=:] ?$/.test(openLine)) return ["\r", "\r", "Q"];
  return /pass\s?word|secret/i.test(openLine) ? [] : [" ", "N", "Q", "\r"];
}
