/** Words between traders: the Federation's channel, sub-space, hails. */
import type { Trader } from "../things.ts";
import { askLine, player, type Session, tell } from "../session.ts";
import type { Paper } from "../text/paper.ts";

type Then = (session: Session) => void;
/** Longest message. */
const messageMax = 150;
/** Sub-space channels are not kept yet: everybody listens to 0. */
const channel = 0;

/** Compact mode, which everybody starts with: the letter of the channel and six letters of the name. */
const compact = (letter: "F" | "R" | "P", from: Trader, text: string) => (paper: Paper) => {
  const name = from.name.slice(0, 6);
  if (letter === "F") paper.put`~yF ~C${name} ~Y${text}\n`;
  else if (letter === "R") paper.put`~cR ~C${name} ~Y${text}\n`;
  else paper.put`~gP ~C${name} ~Y${text}\n`;
};

function others(session: Session): Session[] {
  const { game } = player(session);
  return [...game.online.values()].filter((other) => other !== session);
}

/** `` ` `` */
export function fedComm(session: Session, then: Then): void {
  session.paper.put`\n~gFederation comm-link: [~Y<ENTER> for multiple lines~g]\n\n~m\`~y`;
  askLine(session, { max: messageMax }, (asked, text) => {
    if (text !== "") {
      const { trader } = player(asked);
      for (const other of others(asked)) tell(other, compact("F", trader, text));
      asked.paper.put`\n~mMessage sent on Federation comm-link.\n`;
    }
    then(asked);
  });
}

/** `'` */
export function subSpace(session: Session, then: Then): void {
  session.paper.put`\n~gSub-space radio (~C${channel}~g): [~Y<ENTER> for multiple lines~g]\n\n~m'~y`;
  askLine(session, { max: messageMax }, (asked, text) => {
    if (text !== "") {
      const { trader } = player(asked);
      for (const other of others(asked)) tell(other, compact("R", trader, text));
      asked.paper.put`\n~mMessage sent on sub-space channel ~C${channel}~m.\n`;
    }
    then(asked);
  });
}

/** `=`: a name (or its beginning) first, then the words. How the second question looks is ours. */
export function hail(session: Session, then: Then): void {
  session.paper.put`\n~gHailing frequencies: [~Y<ENTER> to request secure channel~g]\n\n~m=~y`;
  askLine(session, { max: messageMax }, (asked, wanted) => {
    if (wanted === "") return then(asked);
    const listener = others(asked).find(({ trader }) =>
      trader?.name.toLowerCase().startsWith(wanted.toLowerCase()),
    );
    if (!listener?.trader) {
      asked.paper.put`~!Unknown Trader!\n`;
      return then(asked);
    }
    asked.paper.put`~gMessage for ~C${listener.trader.name}~g:\n~m=~y`;
    askLine(asked, { max: messageMax }, (spoken, text) => {
      if (text !== "") {
        tell(listener, compact("P", player(spoken).trader, text));
        spoken.paper.put`\n~mMessage sent.\n`;
      }
      then(spoken);
    });
  });
}
