/** The docking, the commerce report and the talk about prices. Wording: the recordings 04, 07, 10 and 16. */
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";
import type { Product, Side } from "../rules/ports.ts";
import type { DisplayReader } from "./read.ts";
import { matched } from "./sector.ts";

const commerce =
  /^Commerce report for (.{1,50}): \d\d:\d\d:\d\d [AP]M (Sun|Mon|Tue|Wed|Thu|Fri|Sat) [A-Z][a-z]{2} \d{1,2}, \d{4}/;
const stock =
  /^(Fuel Ore|Organics|Equipment) {1,4}(Buying|Selling) {1,9}([\d,]{1,9}) {1,9}(\d{1,3})% {1,9}([\d,]{1,9}) *$/;
const purse = /^You have ([\d,]{1,13}) credits and ([\d,]{1,9}) empty cargo holds\.$/;
const upTo = /^We are (buying|selling) up to ([\d,]{1,9})\.  You have [\d,]{1,9} in your holds\.$/;
const agreed = /^Agreed, ([\d,]{1,9}) units\.$/;
const offered = /^(?:We'll (?:sell|buy) them for|(Our final offer is)) ([\d,]{1,13}) credits\.$/;
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The port is offended, but goes on: price and offer stay. */
const insults = new Set([
  "WHAT?!@!? you must be crazy!",
  "Make a real offer or get the h*ll out of here!",
  "Get real ion-brain, make me a real offer.",
  "Quit playing around, you're wasting my time!",
  "This is the big leagues Jr.  Make a real offer.",
  "My patience grows short with you.",
  "I have much better things to do than waste my time.  Try again.",
  "HA! HA, ha hahahhah hehehe hhhohhohohohh!  You choke me up!",
  "So, you think I'm as stupid as you look? Make a real offer.",
  "What do you take me for, a fool?  Make a real offer!",
]);
/** The port has had enough: this product's deal is over. */
const farewells = new Set([
  "HA!  You think me a fool?  Thats insane!  Get out of here!",
  "I see you are as stupid as you look, get lost...",
  "I think you'd better leave if you value your life!",
  "Swine, go peddle your wares somewhere else, you make me sick.",
  "Get lost creep, that junk isn't worth half that much!",
  "HA!  You crack me up.  Now get lost.",
  "How have you survived this long?  Get lost, I'm not interested.",
  "These are not free!  Get lost...",
  "Thief!  I will not do business with you.",
]);

/** Whole lines without numbers. */
const said = new Map<string, Fact>([
  ...[...insults].map((text) => [text, { type: "insulted" }] as const),
  ...[...farewells].map((text) => [text, { type: "thrownOut" }] as const),
  ["We're not interested.", { type: "notInterested" }],
  [
    "You don't have anything they want, and they don't have anything you can buy.",
    { type: "nothingToTrade" },
  ],
]);

export function createPortReader(): DisplayReader {
  return (line) => {
    switch (line[0]) {
      case "C":
        return matched(commerce, line, ([, port, day]) => ({
          type: "commerce",
          port: port!,
          weekday: weekdays.indexOf(day!),
        }));
      case "F":
      case "O":
      case "E":
        if (line.startsWith("Our ")) return readOffer(line);
        return matched(stock, line, ([, product, side, trading, percent, onBoard]) => ({
          type: "stock",
          product: product as Product,
          side: side === "Buying" ? "buying" : "selling",
          trading: amount(trading!),
          percent: Number(percent),
          onBoard: amount(onBoard!),
        }));
      case "Y":
        return (
          matched(purse, line, ([, credits, empty]) => ({
            type: "purse",
            credits: amount(credits!),
            empty: amount(empty!),
          })) ?? words(line)
        );
      case "A":
        return matched(agreed, line, ([, units]) => ({ type: "agreed", units: amount(units!) }));
      case "W":
        return (
          readOffer(line) ??
          matched(upTo, line, ([, side, trading]) => ({
            type: "upTo",
            side: side as Side,
            trading: amount(trading!),
          })) ??
          words(line)
        );
      default:
        return words(line);
    }
  };
}

const readOffer = (line: string) =>
  matched(offered, line, ([, final, credits]) => ({
    type: "offered",
    credits: amount(credits!),
    final: final !== undefined,
  }));

function words(line: string): readonly Fact[] | undefined {
  const fact = said.get(line);
  return fact && [fact];
}
