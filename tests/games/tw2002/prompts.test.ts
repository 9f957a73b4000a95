import { expect, test } from "bun:test";
import { learn } from "../../../src/games/tw2002/learn.ts";
import { isAnswered, readPrompt } from "../../../src/games/tw2002/prompts.ts";
import { reflexes, waysHome } from "../../../src/games/tw2002/reflexes.ts";
import { newWorld } from "../../../src/games/tw2002/world.ts";

const self = {
  name: "Wil\rly",
  password: "hush",
  gameLetter: "B",
  shipName: "Bucket",
  planetName: "Home",
  turnsMax: 0,
  reserveCredits: 0,
  maxHops: 6,
};

/** One of each, with what reflex sends there. */
const shown: readonly (readonly [open: string, above: string, keys: string])[] = [
  ["Please enter your name (ENTER for none): ", "", "Willy\r"],
  ["Selection (? for menu): ", "", "B"],
  ["[Pause]", "", "\r"],
  ["[Pause] - [Press Space or Enter to continue]", "", "\r"],
  ["Enter your choice: ", "", "T\r"],
  ["Show today's log? (Y/N) [N] ", "", "N"],
  ["Would you like to start a new character in this game?  (Type Y or N) ", "", "Y"],
  ["Use (N)ew Name or (B)BS Name [B] ? ", "", "B"],
  ["What Alias do you want to use? ", "", "Willy\r"],
  ["Zed Zander is what you want? (Y/N) ", "", "Y"],
  ["Old Bucket is what you want? ", "", "Y"],
  ["", "What do you want to name your ship? (30 letters)", "Bucket\r"],
  ["", "What do you want to name this ship? (30 chars) ", "Bucket\r"],
  ["", "[---------------------------------------]", "Home\r"],
  ["Planet command (?=help) [D] ", "", "Q"],
  ["Do you wish to clear some avoids? (Y/N) [N] ", "", "N"],
  ["Engage the Autopilot? (Y/N/Single step/Express) [Y] ", "", "N"],
  ["Stop in this sector (Y,N,E,I,R,S,D,P,?) (?=Help) [N] ? ", "", "Y"],
  ["Do you really want to warp there? (Y/N) ", "", "Y"],
  ["Clear Avoids? ", "", "N"],
  ["Option? (A,D,I,R,S,?):? ", "", "R"],
  ["Option? (A,D,I,R,P,S,?):? ", "", "R"],
  ["Mined Sector: Do you wish to Avoid this sector in the future? (Y/N) ", "", "N"],
  ["Which item do you wish to buy? (A,B,C,Q,?) ", "", "Q"],
  ["<StarDock> Where to? (?=Help) ", "", "Q"],
  ["<Hardware Emporium> So what are you looking for (?) ? ", "", "Q"],
  ["Computer command [TL=00:00:00]:[852] (?=Help)? ", "", "Q"],
  ["How many holds of Fuel Ore do you want to buy [20]? ", "", "0\r"],
  ["Your offer [1,079] ? ", "", "\r"],
  ["Your offer [75,316]? ", "", "\r"],
  // Where nobody meant to be, each kind of question.
  ["How many Limpet mines do you want defending this sector?  ", "", "0\r"],
  ["How many holds of Organics to swipe? [75] ", "", "0\r"],
  ["How many Fighters do you want to leave (2292 on board) [2292] ? ", "", "0\r"],
  ["How many units do you want to invest? (6377 max, 0 to quit) ", "", "0\r"],
  ["How much to transfer? ", "", "0\r"],
  ["All Systems Ready, shall we engage? ", "", "N"],
  ["Do you want to make this jump blind? ", "", "N"],
  ["Do you wish to clear ALL avoids? (Y/N) [N] ", "", "N"],
  ['"Would ye pay me 2,500 credits for it?" ', "", "N"],
  ["Choice ? ", "", "Q"],
  ["Which planet type are you interested in (?=List) ? ", "", "Q"],
  ["(R)ob this port, (S)teal product or (Q)uit (?=Help) ", "", "Q"],
  ["Land on which planet <Q to abort> ? ", "", "Q\r"],
  ["Enter Corp name ", "", "\r"],
  ["What is the starting sector [852] ?  ", "", "\r"],
  ["Do you want to eat the menu? (Y/N) [N] ", "", "N"],
  // A password is asked for, but not ours.
  ["Enter Corp password ", "", "\r"],
  ["Enter a new password (up to 10 chars) : ", "", "\r"],
  ["Input Ship Password (10 chars) ", "", "\r"],
];

test("each prompt is known and has one answer when nothing better is in hand", () => {
  const world = newWorld(self);
  for (const [open, above, keys] of shown) {
    const prompt = readPrompt(open, above);
    if (!prompt) throw new Error(`Not a prompt: "${open}"`);
    const reflex = reflexes[prompt.type] as (at: unknown) => { keys: string };
    expect(`${open}${reflex({ world, prompt, intent: undefined }).keys}`).toBe(`${open}${keys}`);
  }
});

test("a prompt is one only with the cursor right behind it", () => {
  for (const [open] of shown) {
    if (open === "") continue;
    expect(readPrompt(` ${open}`, "")).toBeUndefined();
    expect(readPrompt(`${open}x`, "")).toBeUndefined();
    expect(readPrompt(`F Wingma ${open}`, "")).toBeUndefined();
  }
});

test("the command prompt tells the sector, an offer its credits, a quantity what is dealt in", () => {
  expect(readPrompt("Command [TL=00:12:59]:[852] (?=Help)? : ", "")).toEqual({
    type: "command",
    sector: 852,
  });
  expect(readPrompt("Your offer [1,079] ? ", "")).toEqual({ type: "offer", credits: 1079 });
  expect(readPrompt("How many holds of Organics do you want to sell [1,020]? ", "")).toEqual({
    type: "quantity",
    product: "Organics",
    side: "buying",
    most: 1020,
  });
});

test("a password leaves at a password prompt only, as a secret", () => {
  const world = newWorld({ ...self, gamePassword: "knock" });
  const secrets: string[] = [];
  const at = { world, prompt: {} as never, intent: undefined };
  const sent = () => [reflexes.gamePassword?.(at), reflexes.password?.(at)];
  // Each at its time: the game's own before it is loaded, ours when the game has said that it wants one, and none at play.
  expect(sent()).toEqual([{ keys: "knock\r", secret: true }, undefined]);
  learn(world, { type: "gameLoading" }, 0);
  expect(sent()).toEqual([undefined, undefined]);
  learn(world, { type: "passwordWanted", use: "known" }, 0);
  expect(sent()).toEqual([undefined, { keys: "hush\r", secret: true }]);
  learn(world, { type: "at", sector: 5 }, 0);
  expect(sent()).toEqual([undefined, undefined]);
  for (const [type, reflex] of Object.entries(reflexes)) {
    const prompt = { type, most: 1, credits: 1, decline: "" };
    world.door.secret = type === "gamePassword" ? "game" : "character";
    const answer = (reflex as (at: unknown) => unknown)({ world, prompt, intent: undefined }) as {
      keys: string;
      secret?: boolean;
    };
    if (/hush|knock/.test(answer.keys)) {
      secrets.push(type);
      expect(answer.secret).toBe(true);
    }
  }
  expect(secrets.sort()).toEqual(["gamePassword", "password"]);
  expect(waysHome("Enter the password: ")).toEqual([]);
  expect(waysHome("What now? ").length).toBeGreaterThan(0);
});

test("a finished line is known as a prompt with its answer, and nothing else is", () => {
  for (const [open] of shown) {
    if (open.length >= 4) expect(isAnswered(`${open}42`)).toBe(true);
  }
  for (const line of [
    "F Wingma Command [TL=00:00:00]:[5] (?=Help)? : D",
    "Sector  : 5 in uncharted space.",
    ": ▐■■■■■■▌▐::  │  ",
    `Your offer [1] ? ${"9".repeat(400)}`,
    "",
  ])
    expect(isAnswered(line)).toBe(false);
});
