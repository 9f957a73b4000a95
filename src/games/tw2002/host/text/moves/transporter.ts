/** The transporter pad. The heading, the range and the list were seen, the two answers are known from scripts. */
import type { ShipKind } from "../../../rules/ships.ts";
import type { Paper } from "../paper.ts";
import { shipName } from "../ships.ts";

export const padHeading = (kind: ShipKind, range: number) => (paper: Paper) =>
  paper.put`
~gThe pad hums, and a row of lamps over the primary console turns from red to green.

~=<Transport to Ship>

~gYour ${shipName(kind)}~g has a transport range of ~Y${range}~g hops.\n\n`;

export const askShip = (paper: Paper) =>
  paper.put`\n~m<~gI~m> ~CShip details\n~m<~gQ~m> ~CExit Transporter\n\n~mChoose which ship to beam to ~Y(Q=Quit)~m `;
export const askDetails = (paper: Paper) => paper.put`~mShow details for which ship? ~Y(Q=Quit)~m `;

export const notAvailable = (paper: Paper) => paper.put`~RThat is not an available ship.\n`;
export const outOfRange = (kind: ShipKind, range: number) => (paper: Paper) =>
  paper.put`~RThat ship is too far away: your ~0${shipName(kind)}~R only has a transport range of ~Y${range}~R hops.\n`;
export const askPassword = (paper: Paper) => paper.put`~mEnter the password for this ship: ~Y`;
export const breach = (paper: Paper) =>
  paper.put`~!SECURITY BREACH! Invalid Password, unable to link transporters.\n`;
export const accepted = (paper: Paper) =>
  paper.put`~GSecurity code accepted, engaging transporter control.\n`;
