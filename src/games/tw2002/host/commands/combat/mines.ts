/** H and K: mines laid in a sector; and the disruptors that set off those of others. */
import { disruptorMines, sectorMinesMax } from "../../../rules/combat.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { inFedSpace, note, sectorAt } from "../../galaxy.ts";
import { askKey, askLine, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/deployed.ts";
import * as hits from "../../text/combat/photon.ts";
import type { Minefield } from "../../things.ts";
import { minesReport } from "./alarm.ts";
import { amountDigits, askOwner, ownerFor } from "./fighters.ts";
import { isOwn, ownersOf } from "../../owners.ts";
import { aim } from "./aim.ts";

type MineKind = "armids" | "limpets";
const mineNames: Readonly<Record<MineKind, string>> = { armids: "Armid", limpets: "Limpet" };
const kindOf = (key: string): MineKind => (key === "1" ? "armids" : "limpets");

// ---- laying and taking

/** H: asks which kind, and how many shall be here afterwards. */
export function mineControl(session: Session, then: Then): void {
  session.paper.put`~=<Mine Control>\n\n~m Handle which mine type, ~Y1~m Armid or ~Y2~m Limpet ? :`;
  askKey(session, "12", (asked, key) => handle(asked, kindOf(key), then));
}

function supply(session: Session, kind: MineKind): say.Supply & { readonly field: Minefield | undefined } {
  const { galaxy, trader } = player(session);
  const field = sectorAt(galaxy, trader.sector)[kind];
  const available = trader.ship.gear[kind] + (field?.count ?? 0);
  const room = shipTypes[trader.ship.kind].minesMax;
  return { available, room, rest: Math.max(0, available - room), field };
}

function handle(session: Session, kind: MineKind, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { available, room, rest, field } = supply(session, kind);
  if (inFedSpace(galaxy, trader.sector)) {
    say.notInFedSpace("mines")(paper);
    return then(session);
  }
  if (field && !isOwn(trader, field.owner)) {
    say.heldByOthers("mines")(paper);
    return then(session);
  }
  say.dropMinesText(mineNames[kind], { available, room, rest })(paper);
  askLine(session, { max: amountDigits, largest: available }, (asked, text) => {
    if (text === "") return then(asked);
    const count = Number(text);
    if (count === 0) return lay(asked, kind, count, false, then);
    askOwner(asked, "mines", (chosen, corporate) => lay(chosen, kind, count, corporate, then));
  });
}

/** Moves the mines, all in one step; what the sector and the ship held when the question was put may have changed. */
function lay(session: Session, kind: MineKind, count: number, corporate: boolean, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const sector = sectorAt(galaxy, trader.sector);
  const { available, rest, field } = supply(session, kind);
  if (count > available || (field && !isOwn(trader, field.owner))) say.changedMeanwhile(paper);
  else if (count < rest) say.shipTooSmall(rest)(paper);
  else if (count > sectorMinesMax) say.sectorFull(sectorMinesMax)(paper);
  else {
    trader.ship.gear[kind] = available - count;
    sector[kind] = count === 0 ? undefined : { owner: ownerFor(session, corporate), count };
    note(galaxy, "sector", sector);
    note(galaxy, "ship", trader.ship);
    say.minesLeft(mineNames[kind], trader.ship.gear[kind])(paper);
  }
  then(session);
}

// ---- where they are

/** K: where his mines and his corporation's are, and the ships that limpets have clung to. */
export function mineScan(session: Session, then: Then): void {
  session.paper.put`~=<Mine Scanning>\n\n~m Scan which mine type, ~Y1~m Armid or ~Y2~m Limpet ? :`;
  askKey(session, "12", (asked, key) => {
    const { paper } = asked;
    if (kindOf(key) === "armids") say.armidList(fieldsOf(asked, "armids"))(paper);
    else say.limpetList(fieldsOf(asked, "limpets"), clinging(asked))(paper);
    then(asked);
  });
}

function fieldsOf(session: Session, kind: MineKind): say.Field[] {
  const { galaxy, trader } = player(session);
  return galaxy.sectors.flatMap((sector) => {
    const field = sector[kind];
    return field && isOwn(trader, field.owner) ? [{ sector: sector.number, ...field }] : [];
  });
}

/** Ships on whose hulls his limpets ride, or those of his corporation's members. */
function clinging(session: Session): Pick<say.Field, "sector" | "owner">[] {
  const { galaxy, trader } = player(session);
  const crew = trader.corp === 0 ? [trader] : ownersOf(galaxy, { type: "corp", id: trader.corp });
  const ids = new Set([trader.id, ...crew.map(({ id }) => id)]);
  return [...galaxy.ships.values()]
    .flatMap((ship) =>
      ship.limpeted
        .filter((id) => ids.has(id))
        .map((id) => ({ sector: ship.sector, owner: { type: "trader", id } as const })),
    )
    .sort((a, b) => a.sector - b.sector);
}

// ---- disruptors

/** The computer's mine disruptors: one goes into a neighbouring sector and sets off mines of others there. Words are ours. */
export function fireDisruptor(session: Session, then: Then): void {
  aim(session, "disruptors", disrupt, then);
}

/** Armids first, then limpets, as many as one device can reach. */
function disrupt(session: Session, to: number): void {
  const { galaxy, trader, game, paper } = player(session);
  const sector = sectorAt(galaxy, to);
  trader.ship.gear.disruptors--;
  note(galaxy, "ship", trader.ship);
  let reach = galaxy.dice.between(disruptorMines / 2, disruptorMines, "mines that a disruptor sets off");
  let blown = 0;
  for (const kind of ["armids", "limpets"] as const) {
    const field = sector[kind];
    if (!field || isOwn(trader, field.owner) || reach === 0) continue;
    const count = Math.min(reach, field.count);
    reach -= count;
    blown += count;
    field.count -= count;
    const report = `${trader.name} destroyed ${count} of your ${mineNames[kind]} mines in ${sector.number}`;
    minesReport(game, field.owner, session.at, report);
    if (field.count === 0) sector[kind] = undefined;
  }
  note(galaxy, "sector", sector);
  hits.disrupted(sector.number, blown)(paper);
}
