/** One warp, however it was asked for: whether the ship can go, what it costs, the time it takes, and what it tows. */
import { sectorAt } from "../../galaxy.ts";
import { occupants, tradersInSpace } from "../../occupants.ts";
import { after, player, type Session, type Then } from "../../session.ts";
import { arrive, type Arrival } from "./arrival.ts";
import { bring, towedBy, warpCost } from "./tow.ts";
import { growTurns, spendTurns } from "../../traders.ts";
import { isFriendly, isStrangers } from "../../owners.ts";
import { outOfTurns } from "../../text/info.ts";

/** Whether there are turns for a warp and nothing holds the ship; says so when not. */
export function mayGo(session: Session): boolean {
  const { galaxy, trader, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  if (trader.turnsLeft < warpCost(galaxy, trader)) {
    outOfTurns(paper);
    return false;
  }
  if (!isHeld(session)) return true;
  paper.put`~!An Interdictor Generator in this sector holds you fast!\n`;
  return false;
}

/** Somebody's interdictor, a ship's or a planet's, lets only his own people go. */
function isHeld(session: Session): boolean {
  const { galaxy, trader } = player(session);
  const jailers = tradersInSpace(galaxy, trader.sector).some(
    ({ id, ship }) =>
      ship !== trader.ship && ship.interdicting && !isFriendly(galaxy, trader, { type: "trader", id }),
  );
  return (
    jailers ||
    [...occupants(galaxy, trader.sector).planets].some(
      ({ citadel, owner }) => citadel.interdictor && isStrangers(galaxy, trader, owner),
    )
  );
}

/** Goes to a neighbouring sector: pays, or says that the turns are gone, waits and arrives. */
export function warpTo(session: Session, to: number, arrival: Arrival): void {
  const { galaxy, trader } = player(session);
  // Since he was last asked, he may have been carried off, or an interdictor have been switched on.
  if (!sectorAt(galaxy, trader.sector).warps.includes(to) || !mayGo(session)) return arrival.away(session);
  spendTurns(galaxy, trader, warpCost(galaxy, trader));
  travel(session, to, arrival);
}

/** The way itself, paid for: nothing stops it but the loss of the ship. */
export function travel(session: Session, to: number, arrival: Arrival): void {
  const { galaxy, trader } = player(session);
  const { ship, sector: from } = trader;
  pass(session, (asked) => {
    // Whoever was shot down on the way goes on where that has put him: out of the game, or in a pod elsewhere.
    if (asked.trader !== trader) return;
    if (trader.ship !== ship || trader.sector !== from) return arrival.away(asked);
    runningLow(asked);
    const tail = towedBy(galaxy, ship);
    const withTail =
      (then: Then): Then =>
      (arrived) => {
        if (tail) bring(galaxy, trader, tail);
        then(arrived);
      };
    arrive(asked, to, { stayed: withTail(arrival.stayed), away: withTail(arrival.away) });
  });
}

/** Seen with 5 and with 1 turn left, but not with 8, by a ship that takes 3 a warp: too few for two more warps. */
function runningLow(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  if (trader.turnsLeft >= 2 * warpCost(galaxy, trader)) return;
  paper.put`\n~gYou have ~Y${trader.turnsLeft}~g turns left.\n`;
}

const frameMs = 250;
const barWidth = 20;
const bar = (blocks: number) => `\xb3${"\xdb".repeat(blocks).padEnd(barWidth)}\xb3`;

/** The time that a warp takes. When it is long enough a bar grows, is wiped, and the display goes on three lines up. */
function pass(session: Session, then: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  const total = settings.shipDelayMs * warpCost(galaxy, trader);
  const { ansi, animation } = trader.preferences;
  const frames = Math.round(total / frameMs);
  if (frames < 2 || !ansi || !animation) return after(session, total, then);
  paper.put`\n\r~Y${bar(0)}`;
  const grow = (frame: number) => (asked: Session) => {
    if (asked.trader !== trader) return;
    if (frame < frames) {
      asked.paper.raw(`\r${bar(Math.floor((barWidth * frame) / frames))}`);
      return after(asked, frameMs, grow(frame + 1));
    }
    asked.paper.raw("\b".repeat(barWidth + 2) + " ".repeat(barWidth + 2));
    asked.paper.line();
    asked.paper.put`\x1b[3A\n`;
    then(asked);
  };
  after(session, frameMs, grow(1));
}
