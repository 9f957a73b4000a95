/** M, J, X, P and R of the corporate menu: founding, joining, leaving, the password, and who may stay. */
import { corpOf, foundCorp, joinCorp, leaveCorp, membersOf, nameTaken } from "../../corporation.ts";
import { note } from "../../galaxy.ts";
import { askLine, askNumber, askYesNo, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/corporation.ts";
import { inform } from "../../mail.ts";
import { corpNameMax, passwordMax } from "../../../rules/lengths.ts";

const numberMax = 9999;

/** Asks for a text until it is confirmed. Enter alone does nothing, as was seen. */
function askSure(
  session: Session,
  { ask, max, capitals }: { ask: Then; max: number; capitals: boolean },
  sure: (session: Session, text: string) => void,
): void {
  ask(session);
  askLine(session, { max }, (asked, text) => {
    const wanted = text.trim();
    if (wanted === "") return askSure(asked, { ask, max, capitals }, sure);
    say.isWhatYouWant(wanted)(asked.paper);
    askYesNo(asked, false, (decided, yes) => {
      if (yes) sure(decided, wanted);
      else askSure(decided, { ask, max, capitals }, sure);
    });
  });
  const line = session.prompt;
  let typed = 0;
  session.prompt = {
    onKey(asked, key) {
      if (key === "\r" && typed === 0) return;
      if (key === "\b") typed = Math.max(0, typed - 1);
      else if (key >= " ") typed++;
      line.onKey(asked, capitals ? key.toUpperCase() : key);
    },
  };
}

/** Passwords are kept in capitals: that is how they are echoed. */
const askPassword = (session: Session, sure: (session: Session, password: string) => void): void =>
  askSure(
    session,
    { ask: ({ paper }) => say.askCorpPassword(paper), max: passwordMax, capitals: true },
    sure,
  );

export function make(session: Session, back: Then): void {
  const { trader, paper } = player(session);
  if (trader.corp !== 0) {
    say.already(paper);
    return back(session);
  }
  say.createHeading(paper);
  const ask: Then = (asked) => say.askCorpName(asked.paper);
  askSure(session, { ask, max: corpNameMax, capitals: false }, (named, name) => {
    askPassword(named, (asked, password) => {
      const { galaxy } = player(asked);
      if (player(asked).trader.corp !== 0) say.already(asked.paper);
      else if (nameTaken(galaxy, name)) say.nameTaken(asked.paper);
      else foundCorp(galaxy, player(asked).trader, { name, password, at: asked.at });
      back(asked);
    });
  });
}

export function join(session: Session, back: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  if (trader.corp !== 0) {
    say.already(paper);
    return back(session);
  }
  say.joinHeading(paper);
  askNumber(session, { largest: numberMax, enter: 0 }, (asked, number) => {
    if (number === 0) return back(asked);
    if (!galaxy.corps.has(number)) {
      say.noSuchCorp(asked.paper);
      return back(asked);
    }
    say.askCorpPassword(asked.paper);
    askLine(asked, { max: passwordMax, secret: true }, (entered, password) => {
      const corp = galaxy.corps.get(number);
      if (!corp) say.noSuchCorp(entered.paper);
      else if (password.toUpperCase() !== corp.password) say.wrongPassword(entered.paper);
      else if (corp.members.length >= settings.corpMembersMax) say.corpFull(entered.paper);
      else if (trader.corp !== 0) say.already(entered.paper);
      else {
        joinCorp(galaxy, trader, corp);
        say.joined(corp.name)(entered.paper);
      }
      back(entered);
    });
  });
}

export function leave(session: Session, back: Then): void {
  say.askLeave(session.paper);
  askYesNo(session, false, (asked, yes) => {
    const { galaxy, trader } = player(asked);
    const corp = corpOf(galaxy, trader);
    if (yes && corp) {
      leaveCorp(galaxy, trader);
      say.left(corp.name)(asked.paper);
    }
    back(asked);
  });
}

/** Whether the trader heads his corporation; told otherwise. */
function isHead(session: Session): boolean {
  const { galaxy, trader, paper } = player(session);
  if (corpOf(galaxy, trader)?.ceo === trader.id) return true;
  say.ceoOnly(paper);
  return false;
}

export function changePassword(session: Session, back: Then): void {
  if (!isHead(session)) return back(session);
  askPassword(session, (asked, password) => {
    const { galaxy, trader } = player(asked);
    const corp = corpOf(galaxy, trader);
    if (corp && isHead(asked)) {
      corp.password = password;
      note(galaxy, "corp", corp);
    }
    back(asked);
  });
}

export function dropMember(session: Session, back: Then): void {
  const { galaxy, trader, game, paper } = player(session);
  const corp = corpOf(galaxy, trader);
  if (!corp || !isHead(session)) return back(session);
  const others = membersOf(galaxy, corp).filter((member) => member !== trader);
  say.askDrop(others)(paper);
  askNumber(session, { largest: others.length, enter: 0 }, (asked, number) => {
    const other = others[number - 1];
    if (other && other.corp === corp.id && corp.ceo === trader.id) {
      leaveCorp(galaxy, other);
      say.dropped(other.name)(asked.paper);
      inform(game, other, asked.at, {
        from: corp.name,
        text: `You are no longer a member of ${corp.name}.`,
        shown: (sheet) => sheet.put`~RYou are no longer a member of ~C${corp.name}~R.\n`,
      });
    }
    back(asked);
  });
}
