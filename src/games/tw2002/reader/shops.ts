/**
 * Class 0 ports and the StarDock's places: prices, what was ordered, what it came to. Nothing is believed outside of a visit,
 * which begins with a class 0 list or the answer at one of the places' prompts. Wording: the recordings 06 and 12.
 */
import { type GearItem, type OutfitItem, type Piece, pieceKeys, pieces, type Place } from "../docks.ts";
import type { Fact } from "../facts.ts";
import { amount, places } from "../prompts.ts";
import { home } from "./command.ts";
import type { DisplayReader } from "./read.ts";
import { matched } from "./sector.ts";

const menu =
  /^<(StarDock|Hardware Emporium|Shipyards|Tavern|Galactic Bank|FedPolice|Libram Universitatus)> [^()]{1,50}\([^()]{1,6}\) (?:\? )?(\S?) *$/;
const class0List = "Commerce report for: ";
const class0Menu = "Which item do you wish to buy? (A,B,C,Q,?) ";

const purse = /^You have ([\d,]{1,13}) credits\.$/;
const aboard = /^You have ([\d,]{1,9}) (cargo holds|fighters|shields)\.$/;
const quote =
  /^([ABC]) {2}(?:Cargo holds|Fighters|Shield Points) {1,12}: {1,8}([\d,]{1,9}) credits [a-z /]{5,14} {1,20}([\d,]{1,9}) *$/;
const holdsPrice = /^The cost for [\d,]{1,9} more holds is ([\d,]{1,13}) credits\.$/;
const howMany =
  /^How many (?:(Cargo Holds)|(K-3A fighters)|(shield armor points)|[A-Za-z ]{4,25}) do you want(?: installed\?|(?: to buy)? \(Max [\d,]{1,9}\) \[0\] \?) (\d{0,9}) *$/;
const oneOff = /^I can let you have one for ([\d,]{1,13}) credits, interested\? (Yes|No)? *$/;
const piecePrice =
  /^(?:.{0,70} )?(?:We sell them for|(?:They|These)(?: only)? cost|at only|only) ([\d,]{1,13}) {1,2}credits\b/;
const scannerPrice = /^(?:The (Holographic)|and the Density) costs ([\d,]{1,13}) credits[,.] *$/;
const drivePrice = /^Type ([12]): {1,3}TransWarp .{1,40}, costs ([\d,]{1,13}) credits *$/;
const whichOne = /^Which would you like\? \((H\/D|1\/2\/U)\/Quit\) (\S?) *$/;
const value = /^Trade-in {1,3}Value {1,10}: {1,12}([\d,]{1,13}) *$/;
const shipRow = /^<([A-Z])> (\S.{0,40}?) {2,40}([\d,]{1,13}) *$/;
const shipClass = /^Ship Category #\d{1,3} {1,4}Ship Class : (\S.{0,40}?) *$/;
const shipPrice = /^The cost for one of those is ([\d,]{1,13}) *$/;
const account = /^You have ([\d,]{1,13}) credits in your account\.$/;
const banked = /^([\d,]{1,13}) credits have been (deposited in|withdrawn from) your account\.$/;

const quoted: { readonly [key: string]: OutfitItem } = { A: "holds", B: "fighters", C: "shields" };
const counted: { readonly [word: string]: OutfitItem } = {
  "cargo holds": "holds",
  fighters: "fighters",
  shields: "shields",
};
const pieceByKey = new Map<string, Piece>(pieces.map((piece) => [pieceKeys[piece], piece]));
const oneOffByKey = new Map<string, GearItem>([
  ["F", "planetScanner"],
  ["Y", "psychicProbe"],
]);

/** Longer than any line of a shop. */
const lineMax = 120;

export function createShopReader(): DisplayReader {
  let inside = false;
  /** What was asked for at the Emporium last: the talk about it names it in too many ways. */
  let counter = "";

  function menus(line: string): readonly Fact[] | undefined {
    if (line.startsWith(class0List)) {
      inside = true;
      return [];
    }
    if (line.startsWith(class0Menu)) return pressed("class0", line.slice(class0Menu.length).trim());
    const found = line[0] === "<" ? menu.exec(line) : null;
    if (!found) return undefined;
    const [, name, key] = found as unknown as [string, string, string];
    counter = name === "Hardware Emporium" ? key : "";
    return pressed(name === "StarDock" ? "stardock" : places[name]!, key);
  }

  function pressed(place: Place, key: string): readonly Fact[] {
    inside = true;
    return [{ type: "menuKey", place, key: key.toUpperCase() }];
  }

  function ordered(line: string): readonly Fact[] | undefined {
    const found = howMany.exec(line);
    if (!found) return undefined;
    const [, holds, fighters, shields, count] = found;
    const item = holds
      ? "holds"
      : fighters
        ? "fighters"
        : shields
          ? "shields"
          : pieceByKey.get(counter.toUpperCase());
    return item && count ? [{ type: "ordered", item, count: Number(count) }] : [];
  }

  function oneOffs(line: string): readonly Fact[] | undefined {
    const found = oneOff.exec(line);
    if (!found) return undefined;
    const item = oneOffByKey.get(counter.toUpperCase());
    if (!item) return [];
    const price: Fact = { type: "gearPrice", item, credits: amount(found[1]!) };
    return found[2] === "Yes" ? [price, { type: "ordered", item, count: 1 }] : [price];
  }

  function graded(line: string): readonly Fact[] | undefined {
    const found = whichOne.exec(line);
    if (!found) return undefined;
    const count = { H: 2, D: 1, "1": 1, "2": 2, U: 2 }[(found[2] ?? "").toUpperCase()];
    const item = found[1] === "H/D" ? "scanner" : "transwarp";
    return count === undefined ? [] : [{ type: "ordered", item, count }];
  }

  function pieceOffered(line: string): readonly Fact[] | undefined {
    const piece = pieceByKey.get(counter.toUpperCase());
    if (!piece) return undefined;
    return matched(piecePrice, line, ([, credits]) => ({
      type: "gearPrice",
      item: piece,
      credits: amount(credits!),
    }));
  }

  return (line) => {
    if (line.length > lineMax) return undefined;
    const facts = menus(line);
    if (facts || !inside) return facts;
    if (home.test(line)) {
      inside = false;
      return undefined;
    }
    switch (line[0]) {
      case "Y":
        return (
          matched(purse, line, ([, credits]) => ({ type: "credits", credits: amount(credits!) })) ??
          matched(account, line, ([, credits]) => ({ type: "account", credits: amount(credits!) })) ??
          matched(aboard, line, ([, count, word]) => ({
            type: "aboard",
            item: counted[word!]!,
            count: amount(count!),
          }))
        );
      case "A":
      case "B":
      case "C":
        return (
          matched(quote, line, ([, key, price, most]) => ({
            type: "outfitQuote",
            item: quoted[key!]!,
            price: amount(price!),
            most: amount(most!),
          })) ?? pieceOffered(line)
        );
      case "H":
        return ordered(line) ?? pieceOffered(line);
      case "I":
        return oneOffs(line) ?? pieceOffered(line);
      case "W":
        if (line.startsWith("Which ship are you interested in")) return [{ type: "shipsListed" }];
        return graded(line) ?? pieceOffered(line);
      case "T":
        return readPrice(line) ?? pieceOffered(line);
      case "S":
        return matched(shipClass, line, ([, name]) => ({ type: "shipOffered", name: name! }));
      case "<":
        return matched(shipRow, line, ([, letter, name, price]) => ({
          type: "shipListed",
          letter: letter!,
          name: name!,
          price: amount(price!),
        }));
      case "D":
        return line.startsWith("Do you want to set a password for this ship?")
          ? [{ type: "shipTraded" }]
          : undefined;
      default:
        return readBanked(line) ?? readScanner(line) ?? pieceOffered(line);
    }
  };
}

/** Prices that name what they are for. */
function readPrice(line: string): readonly Fact[] | undefined {
  return (
    readScanner(line) ??
    matched(holdsPrice, line, ([, credits]) => ({ type: "holdsCost", credits: amount(credits!) })) ??
    matched(drivePrice, line, ([, grade, credits]) => ({
      type: "gearPrice",
      item: `transwarp ${grade}`,
      credits: amount(credits!),
    })) ??
    matched(value, line, ([, credits]) => ({ type: "tradeInValue", credits: amount(credits!) })) ??
    matched(shipPrice, line, ([, price]) => ({ type: "shipPriced", price: amount(price!) }))
  );
}

const readScanner = (line: string) =>
  matched(scannerPrice, line, ([, holographic, credits]) => ({
    type: "gearPrice",
    item: `scanner ${holographic ? 2 : 1}`,
    credits: amount(credits!),
  }));

const readBanked = (line: string) =>
  matched(banked, line, ([, credits, way]) => ({
    type: "banked",
    credits: way === "deposited in" ? amount(credits!) : -amount(credits!),
  }));
