/** What the Shipyards say: the list of new ships, the valuation of old ones, the registrar. */
import type { Valuation } from "../../../rules/equipment.ts";
import { shipKinds, type ShipKind, shipTypes } from "../../../rules/ships.ts";
import type { Ship } from "../../things.ts";
import { commas } from "../figures.ts";
import { shipScanRow } from "../computer/holdings.ts";
import type { Paper } from "../paper.ts";
import { shipName } from "../ships.ts";
import { clearScreen } from "./places.ts";

export const gate = (paper: Paper) =>
  paper.put`\n\n${clearScreen}~b\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf
~b\xb3 ~K\xce\xcd\xce\xcd\xce~R\xdb ~w\xdc\xdc\xdb\xdb\xdc\xdc~K\xfa ~Y\xfe~K   ~b\xb3  ~WHulls as far as you can see, and a salesman for
~b\xb3 ~K\xce\xcd\xce\xcd\xce~r\xdb~w\xdf\xdb\xdb~C\xfe\xfe~w\xdb\xdb\xdf ~K\xfa   ~b\xb3  ~Weach of them.  The one coming towards you has
~b\xb3 ~K\xce\xcd\xce\xcd\xce~r\xdb~K\xb0\xb0\xb0\xb0\xb0\xb0\xb0\xb0\xb0\xb0\xb0\xb0 ~b\xb3  ~Walready seen what you came in.
~b\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~0\n\n`;

export const leaving = (paper: Paper) => paper.put`~gYou leave the shipyards.\n\n`;

// ---- new ships

export const askTradeIn = (paper: Paper) => paper.put`~=<Buy a New Ship>

~gYou find a salesperson and ask about buying a new ship.

~mWelcome to the 'yards', you want to trade in that old ship? `;

export const bigSpender = (paper: Paper) =>
  paper.put`~gOh! Big spender eh?  Okay, lets get you another ship.\n~mYou ready to deal? `;

const worth = (label: string, credits: number) => (paper: Paper) =>
  paper.put`~g${label.padEnd(23)}~Y:~C${commas(credits).padStart(11)}\n`;

export const valuation = (value: Valuation) => (paper: Paper) => {
  paper.put`~g"Your ship is in decent shape."\n~g"Here's what we'll offer for it":\n\n`;
  worth("Ship Hull Value", value.hull)(paper);
  worth("Ship Holds Value", value.holds)(paper);
  worth("Main Drive Value", value.drive)(paper);
  worth("Computer Value", value.computer)(paper);
  // Seen only on a ship without any: the label is ours.
  if (value.fittings > 0) worth("Fittings Value", value.fittings)(paper);
  paper.put`                        ===========
~gTrade-in  Value        ~Y:~R${commas(value.total).padStart(11)}\n`;
};

/** Our words, for what the yard does not pay and does not move. */
export const leftAboard = (paper: Paper) =>
  paper.put`\n~RWhatever else is aboard goes with her: cargo, fighters, shields, mines and all.\n`;

export const stillInterested = (paper: Paper) => paper.put`\n~mStill interested ? `;

export const whichShip = (paper: Paper) => paper.put`\n~mWhich ship are you interested in~Y (?=List) ~m? `;

/** For sale are all but the pod; their letters here are not those of the catalogue. */
export const forSale: readonly (readonly [letter: string, kind: ShipKind])[] = shipKinds
  .filter((kind) => kind !== "escapePod")
  .map((kind) => [String.fromCharCode(64 + shipTypes[kind].number), kind]);

const nameWidth = 32;
export const shipList = (paper: Paper) => {
  paper.line();
  for (const [letter, kind] of forSale) {
    const { name, cost } = shipTypes[kind];
    const gap = " ".repeat(nameWidth - name.length);
    paper.put`~m<~g${letter}~m> ~g${shipName(kind)}~g${gap}~G${commas(cost).padStart(11)}\n`;
  }
  paper.put`\n~m<~gQ~m> ~gTo Leave\n`;
};

export const offer = (kind: ShipKind) => (paper: Paper) =>
  paper.put`~gShip Category #~Y${shipTypes[kind].number}   ~gShip Class : ~Y${shipName(kind)}~g

~gThe cost for one of those is ~Y${commas(shipTypes[kind].cost)}
~mWant to buy it? `;

export const whose = (paper: Paper) =>
  paper.put`~gShould this be a (~YC~g)orporate ship or (~YP~g)ersonal ship? `;
export const askName = (paper: Paper) => paper.put`~mWhat do you want to name this ship? (30 chars) \n~y`;
export const askLock = (paper: Paper) => paper.put`~mDo you want to set a password for this ship? (Y/N) `;
export const askPassword = (paper: Paper) => paper.put`~mInput Ship Password (10 chars) `;
/** In our words; a [Pause] follows. */
export const takeHerAway = (paper: Paper) =>
  paper.put`
~gYour new ship waits in orbit.  Take her out of FedSpace before the
~gnight: the Feds repossess whatever is found there without a crew.\n`;

// Refusals: none is recorded, the words are ours.
export const onlyForCeos = (paper: Paper) =>
  paper.put`\n~gThese are built for the heads of Corporations, and you are not one.\n`;
export const onlyForCommissioned = (paper: Paper) =>
  paper.put`\n~gYou need a Federal Commission to fly one of these.\n`;
export const tooDear = (paper: Paper) => paper.put`\n~gYou don't have enough credits for that ship.\n`;
export const noMoreShips = (paper: Paper) =>
  paper.put`\n~gThe registrar has no numbers left: there are too many ships in this universe.\n`;

// ---- spare ships

export const askSale = (ships: readonly Ship[]) => (paper: Paper) => {
  paper.put`~=<Sell an old Ship>

~gYou flag down a used ship salesperson and get ready to deal.

~C                   --<  Available Ships in Orbit >--
~mShip  Sect Name                  Fighters Shields Hops Type
~=-----------------------------------------------------------------------------\n`;
  for (const ship of ships) shipScanRow(ship, false, 0)(paper);
  if (ships.length === 0) paper.put`~gYou do not own any other ships orbiting the Stardock!\n`;
};
export const whichToSell = (paper: Paper) => paper.put`\n~mChoose which ship to sell (Q=Quit) `;
/** Our words. */
export const notThere = (paper: Paper) => paper.put`~gThere is no such ship of yours in orbit.\n`;
export const offerHasChanged = (paper: Paper) =>
  paper.put`~gThat ship is not what it was; the offer is off.\n`;

// ---- the registrar

export const registrar = (fee: number) => (paper: Paper) => paper.put`
~gYou enter the Federation Ship Registrar's Office and sit down.
~gA clerk looks you over suspiciously and then holds out his hand.

~m"That'll be ~Y${commas(fee)}~m creds to process a different ship name."
~m"Still interested?" `;
export const dontWasteMyTime = (paper: Paper) => paper.put`~g"Don't waste my time then!"\n`;
/** Our words. */
export const renamed = (name: string) => (paper: Paper) =>
  paper.put`~g"She will be known as ~C${name}~g from now on."\n`;
