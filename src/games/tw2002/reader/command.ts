/** Prompts that have been answered: they come as finished lines, prompt and echo, and tell what was asked for. */
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";
import type { Product } from "../rules/ports.ts";
import type { DisplayReader } from "./read.ts";
import { matched } from "./sector.ts";

/** The command prompt, answered: whole, for a ship may be called so as well. */
export const home = /^Command \[TL=\d\d:\d\d:\d\d\]:\[(\d{1,5})\] \(\?=Help\)\? : \S{0,6} *$/;
const heading = /^To which Sector (?:\[(\d{1,5})\] )?\? (\d{0,5}) *$/;
const quantity =
  /^How many holds of (Fuel Ore|Organics|Equipment) do you want to (buy|sell) \[([\d,]{1,9})\]\? (\d{0,9}) *$/;
const bid = /^Your offer \[([\d,]{1,13})\] ?\? ([\d,]{0,13}) *$/;

export function createCommandReader(): DisplayReader {
  return (line) => {
    switch (line[0]) {
      case "C":
        return matched(home, line, ([, sector]) => ({ type: "at", sector: Number(sector) }));
      case "T": {
        const to = heading.exec(line);
        return to ? headingOf(to[2] || to[1]) : undefined;
      }
      case "H":
        return matched(quantity, line, ([, product, deed, most, wanted]) => ({
          type: "quantity",
          product: product as Product,
          side: deed === "buy" ? "selling" : "buying",
          most: amount(most!),
          wanted: wanted ? Number(wanted) : undefined,
        }));
      case "Y":
        return matched(bid, line, ([, offer, credits]) => ({
          type: "bid",
          offer: amount(offer!),
          credits: credits ? amount(credits) : undefined,
        }));
      default:
        return undefined;
    }
  };
}

const headingOf = (sector: string | undefined): readonly Fact[] =>
  sector ? [{ type: "heading", sector: Number(sector) }] : [];
