import { expect, test } from "bun:test";
import { guessesBeforeCaution, passwordTriesMax } from "../../../../src/games/tw2002/host/entry/returning.ts";
import { atHome, comeBack, createTable, dial, enlist, plain } from "./players.ts";

test("who guesses a trader's password from line to line is made to wait, and so finds out little; the owner comes in all the same", () => {
  const table = createTable();
  enlist(table, "zed");
  let tried = 0;
  const guess = () => {
    const caller = dial(table, "zed");
    for (const keys of ["T\r", "N", "\r"]) table.press(caller, keys);
    let screen = "";
    for (let count = 0; count < passwordTriesMax && !table.closed.has(caller); count++) {
      screen = plain(table.press(caller, `guess ${tried++}\r`));
      if (!screen.includes("Invalid password")) return { caller, screen };
    }
    return { caller, screen };
  };
  while (tried < guessesBeforeCaution) expect(guess().screen).toContain("Invalid password");
  const { caller, screen } = guess();
  expect(screen).not.toContain("Invalid password");
  // Keys that are typed meanwhile wait as well: nothing is tried any faster.
  table.press(caller, "another\rand another\r");
  table.wait(3000);
  expect(plain(table.take(caller)).match(/Invalid password/g)?.length).toBe(1);

  const owner = comeBack(table, "zed");
  expect(atHome(owner.screen)).toBe(false);
  table.wait(3000);
  expect(plain(table.take(owner.caller))).toContain("[Pause]");
});
