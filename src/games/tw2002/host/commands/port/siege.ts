/** Attacking a port: it shoots back, is worn down and at last blown up. No recording shows one; the words are ours. */
import { clash, navHazMax, portDebris, portRuin, portSins, portStrength } from "../../../rules/combat.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { inFedSpace, note, sectorAt } from "../../galaxy.ts";
import { logEvent } from "../../log.ts";
import { askNumber, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import * as tell from "../../text/combat/siege.ts";
import type { Port } from "../../things.ts";
import { takeHit } from "../combat/damage.ts";
import { align } from "../rewards.ts";
import { waveMax } from "../../ships.ts";

const productivity = ({ stocks }: Port) => stocks.reduce((sum, stock) => sum + stock.productivity, 0);

/** What the port can still take and give, in battle points: its industry is its defence. */
const strengthOf = (port: Port) => Math.max(1, productivity(port) * portStrength);

/** A at the port's menu: one wave. The special ports and those in FedSpace are the Federation's. */
export function attackPort(session: Session, port: Port, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~!<Attack>\n`;
  if (inFedSpace(galaxy, port.sector) || port.stocks.length === 0 || port.portClass === 9) {
    say.fedLaw(paper);
    align(session, -portSins.attack);
    say.alignmentMoved(-portSins.attack)(paper);
    return then(session);
  }
  const most = waveMax(trader.ship);
  say.askWave(most)(paper);
  askNumber(session, { largest: most, enter: 0 }, (asked, wanted) => {
    const sent = Math.min(wanted, trader.ship.fighters);
    if (sent === 0 || port.destroyed || galaxy.ports.get(port.sector) !== port) return then(asked);
    storm(asked, port, sent, then);
  });
}

function storm(session: Session, port: Port, sent: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const strength = strengthOf(port);
  const { odds } = shipTypes[trader.ship.kind];
  const what = "battle points destroyed in an attack on a port";
  const { destroyed, lost } = clash(sent, odds, strength, galaxy.dice, what);
  trader.ship.fighters -= lost;
  note(galaxy, "ship", trader.ship);
  tell.portHit(port.name, lost, destroyed)(paper);
  align(session, -portSins.attack);
  say.alignmentMoved(-portSins.attack)(paper);
  for (const stock of port.stocks) {
    stock.productivity = Math.floor(stock.productivity * (1 - destroyed / strength));
    stock.amount = Math.min(stock.amount, 10 * stock.productivity);
  }
  note(galaxy, "port", port);
  if (productivity(port) < portRuin) {
    blowUp(session, port);
    return then(session);
  }
  const answer = galaxy.dice.between(0, Math.ceil(strengthOf(port) / 20), "damage of a port's guns");
  if (answer === 0 || takeHit(session, answer, tell.portFires, "attack", "debris", then)) then(session);
}

function blowUp(session: Session, port: Port): void {
  const { galaxy, trader, paper } = player(session);
  const sector = sectorAt(galaxy, port.sector);
  port.destroyed = true;
  port.destroyedAt = session.at;
  sector.navHaz = Math.min(navHazMax, sector.navHaz + portDebris);
  note(galaxy, "port", port);
  note(galaxy, "sector", sector);
  tell.portDestroyed(port.name)(paper);
  align(session, -portSins.destroyed);
  say.alignmentMoved(-portSins.destroyed)(paper);
  logEvent(galaxy, session.at, tell.loggedRuin(trader.name, port.name));
}
