/** The screens before the game proper: the server's own menus, the splash, the way in. Server lines end LF CR. */
import type { Paper } from "../paper.ts";

const clear = "\x1b[2J\x1b[H";

export const askName = "Telnet connection detected.\n\r\n\rPlease enter your name (ENTER for none): ";
export const askNameAgain = "Please enter your name (ENTER for none): ";
/** Known from programs that answer it; what follows a wrong one is ours. */
export const askGamePassword = "\n\r\n\rThis is a private game.  Please enter a password: ";
export const wrongGamePassword = "\n\rInvalid password.\n\r";
export const noTelnet = "Failed to detect protocol.  Expected Telnet...";
export const serverFull = "Game server is currently full.";
/** For those whom an event reached that failed halfway. */
export const stumbled =
  "\r\n\r\nThe game has stumbled: what you did last has not happened.  Please call again.\r\n";

const banner = (registered: string) =>
  `TradeWars Game Server                                     Copyright (C) EIS\n\r` +
  `TWGS v2.20b                                               www.eisonline.com\n\r\n\r${registered}\n\r\n\r`;
const chooser = "Selection (? for menu): ";

/** The list of games. */
export function serverMenu(
  title: string,
  games: readonly { readonly letter: string; readonly name: string }[],
): string {
  const list = games.map(({ letter, name }) => `<${letter}> ${name}\n\r`).join("");
  return `${clear}\x1b[0m${banner(title)}${list}\n\r<#> Players Online\n\r<!> View game descriptions\n\r\n\r<Q> Quit\n\r\r\n${chooser}`;
}

/** `#`: who is on which node, and where. */
export function playersOnline(
  title: string,
  nodes: readonly { readonly node: number; readonly where: string; readonly name: string }[],
): string {
  const centre = (text: string) => `${" ".repeat(Math.max(0, Math.ceil((80 - text.length) / 2)))}${text}\n\r`;
  const lines = nodes.map(
    ({ node, where, name }) => `Node ${node}   ${where.padEnd(7)}: ${name.padEnd(41)}\n\r`,
  );
  return (
    `${clear}\x1b[0m${centre("TWGS v2.20b")}\n\r${centre("Copyright (C) EIS")}${centre("www.eisonline.com")}\n\r` +
    `${title}\n\r\n\r${centre("Players Online")}\n\r${lines.join("")}\r\n${chooser}`
  );
}

/** `!`: the games again, to be described. */
export function descriptionsMenu(
  games: readonly { readonly letter: string; readonly name: string }[],
): string {
  const list = games.map(({ letter, name }) => `<${letter}> ${name}\n\r`).join("");
  return `${clear}\x1b[0mShow Game Descriptions\r\n\r\n${list}\r\nSelect game (Q for none): `;
}

/** The door shutting behind the caller, and our own picture; a [Pause] follows. */
export const splash = (paper: Paper) => {
  paper.raw(`${clear}\x1b[0m${clear}${clear}\x1b[0m${clear}${clear}`);
  paper.put`~CTrade Wars ~Y2002 ~KWin32 module now loading.\n\n`;
  paper.raw(clear);
  paper.put`
~K    .          ~W.~K               .            .        ~w.~K           .
~K        ~w.~K            ~Y\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf~K       .
~K  .         .       ~Y\xb3  ~WB U Y   L O W . . .    ~Y\xb3~K            ~W.
~K       .            ~Y\xb3  ~WS E L L   H I G H . .  ~Y\xb3~K    .
~K   ~W.~K        ~w.       ~Y\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~K         .
~b \xc4\xc4\xcd\xcd\xcd\xdb\xdb\xdb\xb2\xb1\xb0~K       .        .      ~w.~K        .      ~b\xb0\xb1\xb2\xdb\xdb\xdb\xcd\xcd\xcd\xc4\xc4
~K        .      a thousand sectors, and every port has its price
~0    \n`;
};

/** Who made what, and whose board this is. */
export const welcome = (name: string, version: string, sysop: string) => (paper: Paper) => {
  paper.raw(clear);
  paper.put`
~gInitializing...

~g       Hello ~C${name}~g, welcome to:

           ~YTrade Wars 2002~C ~Rver ~C${version}

~g(C) Copyright 1986 John Pritchett.  All rights reserved.
~g    Brought to you by EIS
~g    Written by Gary Martin, Mary Ann Martin and John Pritchett

~gThis copy of TW2002 is ~%Registered~0~g to ~CUnknown\n`;
  if (sysop !== "") paper.put`~gBrought to you courtesy of ~Y${sysop}\n\n`;
};

export const notFound = (paper: Paper) =>
  paper.put`~gYou were not found in the player database.
~=Would you like to start a new character in this game?  (Type ~YY~= or ~YN~=) `;
