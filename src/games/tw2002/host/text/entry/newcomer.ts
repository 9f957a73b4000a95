/** What a newcomer is asked and told, from his password to his planet. */
import type { ShipKind } from "../../../rules/ships.ts";
import type { Paper } from "../paper.ts";
import { shipName } from "../ships.ts";

// Of full and closed games, and of a name that is taken, there is no recording.
export const gameFull = (paper: Paper) => paper.put`\n~!This game is full.\n\n`;
export const gameClosed = (paper: Paper) =>
  paper.put`\n~!This is a closed game.  No new characters are accepted.\n\n`;
export const nameTaken = (name: string) => (paper: Paper) =>
  paper.put`~gSorry, there is already a trader named ~C${name}~g.\n`;

export const askNewPassword = (paper: Paper) =>
  paper.put`\n~YPlease enter a password for this game account.\n\n`;
export const passwordsDiffer = (paper: Paper) => paper.put`~RPasswords didn't match.  Try again.\n`;
export const great = (paper: Paper) =>
  paper.put`\n~YGreat!~g You're on your way to becoming a Galactic Power!\n`;

export const askWhichName = (login: string, idleDays: number) => (paper: Paper) =>
  paper.put`~gNotice: If you don't play for ~Y${idleDays}~g days, your ship
~gand your assets will be removed to make room for someone else.

~CDo you wish to make up a new Alias for your Trader Name,
~Cor would you rather use your BBS name of ~Y${login}?
~YUse ~m(~gN~m)~Yew Name or ~m(~gB~m)~YBS Name ~C[B] ~Y? `;

export const askAlias = (paper: Paper) => paper.put`~mWhat Alias do you want to use? `;
export const rankWord = (alias: string) => (paper: Paper) =>
  paper.put`~gSorry, you cannot use the word ${alias} in your name.\n`;
export const aliasPreview = (alias: string) => (paper: Paper) =>
  paper.put`
~gThat alias would look like this in the game:
~YCommander ${alias} is attacking with 10,000 fighters!

~g${alias}~m is what you want? (Y/N) `;

export const christening = (maker: string, kind: ShipKind) => (paper: Paper) =>
  paper.put`
~!Your ship is being initialized.

~CYou must now christen your new ${maker} ${shipName(kind)}
~CChoose a name carefully as you will have it for a while!\n`;
export const askShipName = (paper: Paper) =>
  paper.put`\n~CWhat do you want to name your ship? (30 letters)\n~y`;
export const isWhatYouWant = (name: string) => (paper: Paper) => paper.put`\n~g${name}~C is what you want? `;
export const oneMoment = (paper: Paper) => paper.put`~mOne moment please\n`;

export const homePlanet = (paper: Paper) =>
  paper.put`~gYou will be started with your very own home planet.  Its your option
~gto abandon it or to keep it and try to build it into a powerful base
~gof your own.\n`;
export const askPlanetName = (paper: Paper) =>
  paper.put`
~mWhat do you want to name your home planet? (Class ~=M~m, ~0~yEarth Type~g~m)
~g[---------------------------------------]
~y`;
