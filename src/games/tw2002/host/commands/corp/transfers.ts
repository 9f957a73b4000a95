/** C, F, H and S of the corporate menu: what members hand each other in the same sector; and T, what they write to all. */
import { shipTypes } from "../../../rules/ships.ts";
import { corpOf, membersOf } from "../../corporation.ts";
import { note } from "../../galaxy.ts";
import { askKey, askLine, askNumber, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/corporation.ts";
import type { Trader } from "../../things.ts";
import { inform } from "../../mail.ts";

/** Something that can be handed over, and what there is room for. */
interface Goods {
  readonly heading: string;
  readonly name: string;
  readonly of: (trader: Trader) => number;
  readonly room: (trader: Trader) => number;
  readonly add: (trader: Trader, count: number) => void;
}

const type = (trader: Trader) => shipTypes[trader.ship.kind];
const creditsMax = 1_000_000_000_000;

const credits: Goods = {
  heading: "Credit",
  name: "credits",
  of: (trader) => trader.credits,
  room: (trader) => creditsMax - trader.credits,
  add: (trader, count) => void (trader.credits += count),
};
const fighters: Goods = {
  heading: "Fighter",
  name: "fighters",
  of: (trader) => trader.ship.fighters,
  room: (trader) => type(trader).fightersMax - trader.ship.fighters,
  add: (trader, count) => void (trader.ship.fighters += count),
};
const shields: Goods = {
  heading: "Shields",
  name: "shield points",
  of: (trader) => trader.ship.shields,
  room: (trader) => type(trader).shieldsMax - trader.ship.shields,
  add: (trader, count) => void (trader.ship.shields += count),
};
const mines = (kind: "armids" | "limpets"): Goods => ({
  heading: "Mine",
  name: kind === "armids" ? "Armid mines" : "Limpet mines",
  of: (trader) => trader.ship.gear[kind],
  room: (trader) => type(trader).minesMax - trader.ship.gear[kind],
  add: (trader, count) => void (trader.ship.gear[kind] += count),
});

export const transferCredits = (session: Session, back: Then) => transfer(session, credits, back);
export const transferFighters = (session: Session, back: Then) => transfer(session, fighters, back);
export const transferShields = (session: Session, back: Then) => transfer(session, shields, back);

export function transferMines(session: Session, back: Then): void {
  say.askMineType(session.paper);
  askKey(session, "12", (asked, key) => transfer(asked, mines(key === "1" ? "armids" : "limpets"), back));
}

/** Partners who are in the same sector, alive. */
function partners(session: Session): Trader[] {
  const { galaxy, trader } = player(session);
  const corp = corpOf(galaxy, trader);
  if (!corp) return [];
  return membersOf(galaxy, corp).filter((other) => isNear(trader, other));
}

const isNear = (trader: Trader, other: Trader) =>
  other !== trader &&
  other.corp === trader.corp &&
  trader.corp !== 0 &&
  other.sector === trader.sector &&
  other.diedAt === 0;

function transfer(session: Session, goods: Goods, back: Then): void {
  const here = partners(session);
  if (here.length === 0) {
    say.nobodyHere(session.paper);
    return back(session);
  }
  say.askPartner(goods.heading, here)(session.paper);
  askNumber(session, { largest: here.length, enter: 0 }, (asked, number) => {
    const partner = here[number - 1];
    if (!partner) return back(asked);
    say.askWay(partner.name)(asked.paper);
    askKey(asked, "TF", (decided, way) => askAmount(decided, goods, partner, way === "T", back), {
      enter: "T",
    });
  });
}

function askAmount(session: Session, goods: Goods, partner: Trader, giving: boolean, back: Then): void {
  const { galaxy, trader, paper } = player(session);
  const [from, to] = giving ? [trader, partner] : [partner, trader];
  const most = () => Math.max(0, Math.min(goods.of(from), goods.room(to)));
  say.holdings(goods.name, goods.of(trader), partner.name, goods.of(partner))(paper);
  askNumber(session, { largest: most(), enter: 0 }, (asked, count) => {
    // The other may have flown on, left the corporation or spent it while this was typed.
    if (count > 0 && isNear(trader, partner) && count <= most()) {
      goods.add(from, -count);
      goods.add(to, count);
      note(galaxy, "trader", trader);
      note(galaxy, "trader", partner);
      say.transferred(asked.paper);
    }
    back(asked);
  });
}

const memoMax = 160;

/** To every other member: at once, or in his mail. */
export function sendMemo(session: Session, back: Then): void {
  say.askMemo(session.paper);
  askLine(session, { max: memoMax }, (asked, text) => {
    const { galaxy, trader, game } = player(asked);
    const corp = corpOf(galaxy, trader);
    if (text.trim() === "" || !corp) return back(asked);
    for (const member of membersOf(galaxy, corp)) {
      if (member === trader) continue;
      inform(game, member, asked.at, {
        from: `${trader.name} (Corporate Memo)`,
        text: text.trim(),
        shown: say.memo(trader.name, text.trim()),
      });
    }
    say.memoSent(asked.paper);
    back(asked);
  });
}
