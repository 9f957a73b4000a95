/**
 * The computer's interrogation mode: warps, port reports and courses in plain columns, for programs. Its prompt is a colon on
 * a line of its own; only behind one are columns of numbers believed. Wording: the recordings 04 and 10.
 */
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";
import type { Stock } from "../surveys.ts";
import { home } from "./command.ts";
import type { DisplayReader } from "./read.ts";

/** Four columns a number, five in universes that need them; a blank between two. */
const warps = /^(?=.{4}(?:$| .{4})|.{5}(?:$| )) {0,4}\d{1,5}(?: {1,5}\d{1,5}){0,6} *$/;
/** Two lists have seven columns a number and no blank of their own: explored sectors and unexplored ones. */
const listWidth = 7;
const port = /^ {0,4}(\d{1,5}) ((?:[ -] {1,6}\d{1,6} {1,3}\d{1,3}% ){3})$/;
const good = /([ -]) {1,6}(\d{1,6}) {1,3}(\d{1,3})% /g;
const from = /^FM > (\d{1,5}) *$/;
const to = /^ {2}TO > (\d{1,5}) *$/;
const course = /^\(?\d{1,5}\)?(?: > \(?\d{1,5}\)?){0,60} *>? *$/;
const noCourse = /^\*\*\* Error - No route within \d{1,5} warps/;

/** Longest line of the interrogation that is looked at. */
const lineMax = 600;

export function createCimReader(): DisplayReader {
  let inside = false;
  /** Warps were listed since the interrogation began. */
  let listed = false;
  let start = 0;
  let end = 0;
  /** A course that goes on in the next line. */
  let half: number[] = [];

  function asked(line: string): readonly Fact[] | undefined {
    const first = from.exec(line);
    if (first) {
      start = Number(first[1]);
      return [];
    }
    const last = to.exec(line);
    if (!last) return undefined;
    end = Number(last[1]);
    half = [];
    return [{ type: "courseAsked", from: start, to: end }];
  }

  function path(line: string): readonly Fact[] {
    const sectors = [...half, ...(line.match(/\d{1,5}/g) ?? []).map(Number)];
    half = line.trimEnd().endsWith(">") ? sectors : [];
    return half.length > 0 || sectors.length < 2 ? [] : [{ type: "path", sectors }];
  }

  return (line) => {
    if (line === ": ") {
      inside = true;
      return [{ type: "cimTurn" }];
    }
    if (line === ": ENDINTERROG") {
      const over: readonly Fact[] = listed ? [{ type: "surveyed" }] : [];
      inside = listed = false;
      return over;
    }
    if (!inside || line.length > lineMax) return undefined;
    if (home.test(line)) {
      inside = listed = false;
      return undefined;
    }
    const facts = asked(line);
    if (facts) return facts;
    if (line.endsWith("% ")) return readPort(line);
    if (line.includes(">") && course.test(line)) return path(line);
    if (half.length > 0 && course.test(line)) return path(line);
    if (noCourse.test(line)) return [{ type: "noCourse", from: start, to: end }];
    if (line.length % listWidth === 0 && isList(line)) return [];
    if (!warps.test(line)) return undefined;
    listed = true;
    const [sector, ...ways] = (line.match(/\d{1,5}/g) ?? []).map(Number) as [number, ...number[]];
    return [{ type: "cimWarps", sector, to: ways }];
  };
}

/** Numbers right-aligned in seven columns each. */
const isList = (line: string): boolean =>
  (line.match(/.{7}/g) ?? []).every((cell) => /^ {2,6}\d{1,5}$/.test(cell));

/** `   4 - 2870 100%   2362  99% - 2390 100% `: a minus where the port buys. */
function readPort(line: string): readonly Fact[] | undefined {
  const found = port.exec(line);
  if (!found) return undefined;
  const stocks = [...found[2]!.matchAll(good)].map(([, sign, trading, percent]): Stock => ({
    side: sign === "-" ? "buying" : "selling",
    trading: amount(trading!),
    percent: Number(percent),
  }));
  const [ore, organics, equipment] = stocks;
  if (!ore || !organics || !equipment) return undefined;
  return [{ type: "cimPort", sector: Number(found[1]), stocks: [ore, organics, equipment] }];
}
