import { expect, test } from "bun:test";
import { readPrompt } from "../../../src/games/tw2002/prompts.ts";
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
  ["", "[---------------------------------------]", "Home\r"],
  ["Planet command (?=help) [D] ", "", "Q"],
  ["Do you wish to clear some avoids? (Y/N) [N] ", "", "N"],
  ["Engage the Autopilot? (Y/N/Single step/Express) [Y] ", "", "N"],
  ["Stop in this sector (Y,N,E,I,R,S,D,P,?) (?=Help) [N] ? ", "", "Y"],
  ["Do you really want to warp there? (Y/N) ", "", "N"],
  ["Clear Avoids? ", "", "N"],
  ["Option? (A,D,I,R,S,?):? ", "", "R"],
  ["Option? (A,D,I,R,P,S,?):? ", "", "R"],
  ["Mined Sector: Do you wish to Avoid this sector in the future? (Y/N) ", "", "Y"],
  ["Which item do you wish to buy? (A,B,C,Q,?) ", "", "Q"],
  ["<StarDock> Where to? (?=Help) ", "", "Q"],
  ["<Hardware Emporium> So what are you looking for (?) ? ", "", "Q"],
  ["Computer command [TL=00:00:00]:[852] (?=Help)? ", "", "Q"],
  ["How many holds of Fuel Ore do you want to buy [20]? ", "", "0\r"],
  ["Your offer [1,079] ? ", "", "\r"],
  ["Your offer [75,316]? ", "", "\r"],
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
  for (const [type, reflex] of Object.entries(reflexes)) {
    const prompt = { type, most: 1, credits: 1 };
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
