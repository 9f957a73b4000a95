/** What a trader sets for himself: the computer's N, O and U, and the toggles that have keys of their own. */
import { note } from "../../galaxy.ts";
import { askKey, askLine, askNumber, askYesNo, player, type Session, type Then } from "../../session.ts";
import {
  announced,
  channelQuestion,
  settingsBanner,
  settingsList,
  settingsPrompt,
  shipPasswordQuestion,
  shipPasswordSet,
  transWarpQuestion,
  transWarpSet,
} from "../../text/computer/settings.ts";
import type { Preferences } from "../../things.ts";
import { passwordMax, shipPasswordMax } from "../../../rules/lengths.ts";

/** The settings that are turned from one value to the other and back. */
type Toggle = keyof typeof announced;

/** By their keys on the screen; 4 and 8 ask for something. */
const toggles: { readonly [key: string]: Toggle } = {
  "1": "ansi",
  "2": "animation",
  "3": "page",
  "5": "fedComm",
  "6": "hails",
  "7": "silence",
  "9": "abort",
  A: "compact",
  B: "pauses",
  C: "autoFlee",
  E: "autoReturn",
};

/** N */
export function personalSettings(session: Session, then: Then): void {
  settingsBanner(session.paper);
  list(session, then);
}

function list(session: Session, then: Then): void {
  settingsList(player(session).trader.preferences)(session.paper);
  settingsPrompt(session.paper);
  askKey(session, "123456789ABCEQ?", (asked, key) => change(asked, key, then), { enter: "Q", silent: true });
}

function change(session: Session, key: string, then: Then): void {
  const again: Then = (asked) => list(asked, then);
  const toggle = toggles[key];
  if (toggle) {
    turn(session, toggle);
    return again(session);
  }
  switch (key) {
    case "4":
      return chooseChannel(session, again);
    case "8":
      return changePassword(session, again);
    case "?":
      return again(session);
    default:
      return then(session);
  }
}

/** Turns a setting over and says how it stands. */
function turn(session: Session, toggle: Toggle): void {
  const { galaxy, trader, paper } = player(session);
  const before = trader.preferences;
  const after: Preferences = { ...before };
  if (toggle === "abort") after.abort = before.abort === "SPACE" ? "ALL KEYS" : "SPACE";
  else after[toggle] = !before[toggle];
  trader.preferences = after;
  note(galaxy, "trader", trader);
  paper.setAnsi(after.ansi);
  announced[toggle](after)(paper);
}

/** The highest sub-space channel. */
const channelMax = 60_000;

function chooseChannel(session: Session, then: Then): void {
  const { preferences } = player(session).trader;
  channelQuestion(preferences.channel)(session.paper);
  askNumber(session, { largest: channelMax, enter: preferences.channel }, (asked, channel) => {
    const { galaxy, trader } = player(asked);
    trader.preferences = { ...trader.preferences, channel };
    note(galaxy, "trader", trader);
    then(asked);
  });
}

/** The old password first, so that nobody else does it at an abandoned terminal. All words are ours. */
function changePassword(session: Session, then: Then): void {
  askSecret(session, "Enter your present password : ", (asked, old) => {
    const { trader } = player(asked);
    if (asked.door.seal(old, trader.salt) !== trader.password)
      return refuse(asked, "Invalid password.", then);
    askSecret(asked, "Enter a new password : ", (chosen, fresh) => {
      if (fresh === "") return refuse(chosen, "Password not changed.", then);
      askSecret(chosen, "Repeat password to verify : ", (verified, again) => {
        if (again !== fresh) return refuse(verified, "Passwords didn't match.", then);
        const { galaxy, trader: owner, paper } = player(verified);
        owner.password = verified.door.seal(fresh, owner.salt);
        note(galaxy, "trader", owner);
        paper.put`\n~CPassword changed.\n`;
        then(verified);
      });
    });
  });
}

function askSecret(
  session: Session,
  question: string,
  entered: (session: Session, text: string) => void,
): void {
  session.paper.put`~m${question}`;
  askLine(session, { max: passwordMax, secret: true }, entered);
}

function refuse(session: Session, why: string, then: Then): void {
  session.paper.put`\n~!${why}\n`;
  then(session);
}

/** O: the password of the ship he flies. */
export function shipPassword(session: Session, then: Then): void {
  const { ship } = player(session).trader;
  shipPasswordQuestion(ship.password)(session.paper);
  askLine(session, { max: shipPasswordMax }, (asked, password) => {
    const { galaxy, trader } = player(asked);
    // Enter alone takes the password away, as the recording's empty answer did.
    trader.ship.password = password;
    note(galaxy, "ship", trader.ship);
    shipPasswordSet(password)(asked.paper);
    then(asked);
  });
}

/** U: whether a far course brings up the question of a TransWarp jump. */
export function transWarpPreference(session: Session, then: Then): void {
  transWarpQuestion(session.paper);
  askYesNo(session, false, (asked, yes) => {
    const { galaxy, trader, paper } = player(asked);
    trader.transwarpOff = !yes;
    note(galaxy, "trader", trader);
    transWarpSet(yes)(paper);
    then(asked);
  });
}

// ---- keys of the command prompt; their words are those of the settings' screen

const byKey =
  (toggle: Toggle) =>
  (session: Session, then: Then): void => {
    turn(session, toggle);
    then(session);
  };

/** `|` */
export const silence = byKey("silence");
/** `&` */
export const pauses = byKey("pauses");
/** `\` */
export const autoFlee = byKey("autoFlee");
