/** Prompts that have been answered: they come as finished lines, prompt and echo, and tell what was asked for. */
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";
import type { Product } from "../rules/ports.ts";
import type { DisplayReader } from "./read.ts";

/** The command prompt, answered: whole, for a ship may be called so as well. */
export const home = /^Command \[TL=\d\d:\d\d:\d\d\]:\[(\d{1,5})\] \(\?=Help\)\? : \S{0,6} *$/;
const heading = /^To which Sector (?:\[(\d{1,5})\] )?\? (\d{0,5}) *$/;
const quantity =
  /^How many holds of (Fuel Ore|Organics|Equipment) do you want to (buy|sell) \[([\d,]{1,9})\]\? (\d{0,9}) *$/;
const bid = /^Your offer \[([\d,]{1,13})\] ?\? ([\d,]{0,13}) *$/;

export function createCommandReader(): DisplayReader {
  return (line) => {
    const at = home.exec(line);
    if (at) return [{ type: "at", sector: Number(at[1]) }];
    const to = heading.exec(line);
    if (to) return headingOf(to[2] || to[1]);
    const wanted = quantity.exec(line);
    if (wanted)
      return [
        {
          type: "quantity",
          product: wanted[1] as Product,
          side: wanted[2] === "buy" ? "selling" : "buying",
          most: amount(wanted[3]!),
          wanted: wanted[4] ? Number(wanted[4]) : undefined,
        },
      ];
    const offered = bid.exec(line);
    if (offered)
      return [
        {
          type: "bid",
          offer: amount(offered[1]!),
          credits: offered[2] ? amount(offered[2]) : undefined,
        },
      ];
    return undefined;
  };
}

const headingOf = (sector: string | undefined): readonly Fact[] =>
  sector ? [{ type: "heading", sector: Number(sector) }] : [];
