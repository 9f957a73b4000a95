import { expect, test } from "bun:test";
import type { Self } from "../../../src/player/game.ts";
import { learn } from "../../../src/games/tw2002/learn.ts";
import { readPrompt } from "../../../src/games/tw2002/prompts.ts";
import { createReader } from "../../../src/games/tw2002/reader/read.ts";
import { reflexes } from "../../../src/games/tw2002/reflexes.ts";
import { skills } from "../../../src/games/tw2002/skills/mod.ts";
import { newWorld, type World } from "../../../src/games/tw2002/world.ts";

const self: Self = {
  name: "Testpilot",
  password: "secret",
  gameLetter: "A",
  shipName: "s",
  planetName: "p",
  turnsMax: 0,
  reserveCredits: 0,
  maxHops: 6,
};

/** A bot in its ship in sector 70, as the lines that follow find it. */
function pilot(more: Partial<World> = {}) {
  const world = Object.assign(newWorld(self), {
    sector: 70,
    trader: "Testpilot",
    informed: true,
    credits: 3000,
    fighters: 2300,
    turnsLeft: 500,
    ...more,
  });
  const { read } = createReader();
  const reads = (text: string) => {
    for (const line of text.split("\n")) for (const fact of read(line)) learn(world, fact, 1e9);
  };
  /** The keys for a prompt on the open line. */
  const answer = (open: string) => {
    const prompt = readPrompt(open, "");
    if (!prompt) throw new Error(`"${open}" is no prompt`);
    if (prompt.type === "command") learn(world, { type: "at", sector: prompt.sector }, 1e9);
    const reply = reflexes[prompt.type]?.({ world, prompt: prompt as never, intent: undefined });
    return reply && "keys" in reply ? reply.keys : reply;
  };
  return { world, reads, answer };
}

const command = (sector: number) => `Command [TL=00:00:00]:[${sector}] (?=Help)? : `;
const entering = (sector: number, fighters: string) =>
  `<Move>\nWarping to Sector ${sector} \n\nSector  : ${sector} in uncharted space.\n${fighters}\nWarps to Sector(s) :  70 - (712) - (753)\n`;

test("recording 08: fighters that are too many are fled from, and the sector is a danger with their number", () => {
  const { world, reads, answer } = pilot();
  reads(entering(744, "Fighters: 500 (Rogue Mercenaries) [Defensive]"));
  reads("You have to destroy the fighters to remain in this sector.\nYour fighters: 500 vs. theirs: 500");
  expect(world.encounter).toMatchObject({ sector: 744, toll: false, ours: 500, theirs: 500 });
  expect(answer("Option? (A,D,I,R,S,?):? ")).toBe("R");
  const before = world.turnsExecuted;
  reads(
    "<Retreat>\nYour fighters make a valiant attempt to stall the oncoming horde.\nYou have 2299 fighter(s) left.\n\nSector  : 70 in uncharted space.\nWarps to Sector(s) :  255 - 744",
  );
  answer(command(70));
  expect(world.sector).toBe(70);
  expect(world.dangers.get(744)).toMatchObject({ kind: "fighters", count: 500 });
  // What it cost is not guessed: Info is read next.
  expect(world.turnsExecuted).toBe(before);
  expect(world.informed).toBe(false);
  expect(world.encounter).toBeUndefined();
});

test("recording 08: a toll is asked for, paid when it is worth it, and refused when it is not", () => {
  const met =
    "You have to destroy the fighters or pay their toll to remain in this sector.\nYour fighters: 10 vs. theirs: 20";
  const { world, reads, answer } = pilot({ fighters: 10 });
  reads(entering(754, "Fighters: 20 (Rogue Mercenaries) [Toll]"));
  reads(met);
  expect(answer("Option? (A,D,I,R,P,S,?):? ")).toBe("P");
  reads("These fighters will let you pass for a toll of 100 credits.");
  expect(answer("Do you want to pay it? ")).toBe("Y");
  reads("Do you want to pay it? Yes");
  expect(world.informed).toBe(false);
  answer(command(754));
  expect(world.encounter).toBeUndefined();
  expect(world.dangers.has(754)).toBe(false);
  const other = pilot({ fighters: 10 });
  other.reads(entering(754, "Fighters: 20 (Rogue Mercenaries) [Toll]"));
  other.reads(met);
  // They ask for more than was to be expected.
  other.reads("These fighters will let you pass for a toll of 2,500 credits.");
  expect(other.answer("Do you want to pay it? ")).toBe("N");
  expect(other.answer("Option? (A,D,I,R,P,S,?):? ")).toBe("R");
});

test("fighters whose toll was paid for want of another way are still gone around the next time", () => {
  const { world, reads, answer } = pilot({ fighters: 10 });
  reads(entering(754, "Fighters: 100 (Rogue Mercenaries) [Toll]"));
  reads(
    "You have to destroy the fighters or pay their toll to remain in this sector.\nYour fighters: 10 vs. theirs: 100\nThese fighters will let you pass for a toll of 500 credits.\nDo you want to pay it? Yes",
  );
  answer(command(754));
  expect(world.dangers.get(754)).toMatchObject({ count: 100, mode: "Toll" });
});

test("an attack sends enough for the job, goes on until they are gone, and clears the sector", () => {
  const { world, reads, answer } = pilot({ creditsStart: -60_000, turnsExecuted: 100 });
  reads(entering(744, "Fighters: 6 (Rogue Mercenaries) [Defensive]"));
  reads("You have to destroy the fighters to remain in this sector.\nYour fighters: 2,300 vs. theirs: 6");
  expect(answer("Option? (A,D,I,R,S,?):? ")).toBe("A");
  expect(answer("How many fighters do you wish to use (0 to 750) [0]? ")).toBe("10\r");
  reads("You lost 8 fighter(s)\nYou destroyed 6 enemy fighters.");
  answer(command(744));
  expect(world.dangers.has(744)).toBe(false);
  expect(world.informed).toBe(false);
});

test("nobody is attacked by accident: without fighters in the way the number is 0", () => {
  expect(pilot().answer("How many fighters do you wish to use (0 to 750) [0]? ")).toBe("0\r");
});

test("recording 09: a lost ship leaves a pod with one hold, an empty hold at that, and a danger where it happened", () => {
  const { world, reads } = pilot({ holds: 75, empty: 10, cargo: [65, 0, 0] });
  reads(entering(420, "Fighters: 5,000 (Rogue Mercenaries) [Offensive]"));
  reads(
    "Fighter Attack!\nCombat computer reports damages of 0 battle points!\nYou rush to an escape pod and abandon ship...\nYour Merchant Cruiser has been destroyed!\nSector 420 will now be avoided in future navigation calculations.",
  );
  expect(world).toMatchObject({ informed: false, holds: 1, empty: 1, cargo: [0, 0, 0], turnsPerWarp: 6 });
  expect(world.dangers.get(420)).toMatchObject({ kind: "fighters", count: 5000, mode: "Offensive" });
});

test("recording 11: the prompt after a flight shows the old sector; the next display tells where the pod is", () => {
  const { world, reads, answer } = pilot({ sector: 393 });
  reads(
    "Wingman is powering up weapons systems!\nShipboard Computers Wingman destroyed 30 fighters.\nFor getting blown up, you lost 0 experience points.\nWingman destroyed your Merchant Cruiser!!!\nYou fled in your Escape Pod to sector 289",
  );
  answer(command(393));
  expect(world.sector).toBe(289);
  expect(skills.inform.start({ world, intent: { type: "inform" } })).toEqual({ keys: "D" });
  reads("<Re-Display>\n\nSector  : 289 in uncharted space (unexplored).\nWarps to Sector(s) :  (589)");
  answer(command(289));
  expect(world.adrift).toBe(false);
  expect(skills.inform.start({ world, intent: { type: "inform" } })).toEqual({ keys: "I" });
  expect(world.shotAt).toBe(1e9);
});

test("a flight that was only somebody's words costs a look around, and nothing more", () => {
  const { world, reads, answer } = pilot();
  reads("You fled in your Escape Pod to sector 5");
  answer(command(70));
  reads("<Re-Display>\n\nSector  : 70 in uncharted space.\nWarps to Sector(s) :  255 - 744");
  answer(command(70));
  expect(world.sector).toBe(70);
});

test("a warning of the game's that is news is heeded; one that we know of or have got over is not", () => {
  const warning = "████ DANGER! You have marked sector 420 to be avoided!";
  const { world, reads, answer } = pilot();
  reads(warning);
  expect(answer("Do you really want to warp there? (Y/N) ")).toBe("N");
  expect(world.dangers.get(420)?.kind).toBe("avoided");
  reads(warning);
  expect(answer("Do you really want to warp there? (Y/N) ")).toBe("Y");
});

test("mines are marked and avoided when some are left, and not when the last have gone off", () => {
  const ask = "Mined Sector: Do you wish to Avoid this sector in the future? (Y/N) ";
  const { world, reads, answer } = pilot();
  reads(entering(255, "Mines   : 10 (Type 1 Armid) (Rogue Mercenaries)"));
  expect(answer(ask)).toBe("Y");
  expect(world.dangers.get(255)).toMatchObject({ kind: "mines", count: 10 });
  const other = pilot();
  other.reads(entering(255, "Ports   : Guatama, Class 5 (SBS)"));
  expect(other.answer(ask)).toBe("N");
});

test("a Ferrengi in a sector is a danger for minutes, an alien or a trader is none; empty ships are no strangers", () => {
  const { world, reads } = pilot();
  const ship = "\n           in Echiuj (Axis Industries Scout Marauder)";
  reads(entering(11, `Ferrengi: Xor, w/ 300 ftrs,${ship}`));
  reads(entering(12, `Alien Tr: Sergeant Loma Chairush, w/ 144 ftrs,${ship}`));
  reads(
    entering(
      13,
      "Ships   : Second Wind [Owned by] Testpilot, w/ 0 ftrs,\n           (Bofors Merchant Freighter)",
    ),
  );
  expect([...world.dangers.keys()]).toEqual([11]);
  expect(world.dangers.get(11)).toMatchObject({ kind: "hunters", count: 300 });
});

test("kept out after a death it rests for the day and does not give up; a door that is shut for long is left alone for a while", () => {
  const { reads, answer } = pilot();
  reads("You must wait for 1 day(s) to get back in.");
  const first = answer("Selection (? for menu): ");
  expect(first).toMatchObject({ rest: { forMs: 6 * 3_600_000 } });
  const { world, answer: other } = pilot();
  world.door.refusals = 21;
  expect(other("Selection (? for menu): ")).toMatchObject({ rest: { forMs: 15 * 60_000 } });
});

test("logged off for sitting still, what the session knew is read anew on the way in", () => {
  const { world, reads } = pilot();
  reads("CRITICAL INACTIVITY:  Your session has been terminated.");
  reads("Trade Wars 2002 Win32 module now loading.");
  expect(world.informed).toBe(false);
});
