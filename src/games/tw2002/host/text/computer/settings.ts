/** The computer's settings: what is set, and what is said when it changes. */
import type { Preferences } from "../../things.ts";
import type { Paper } from "../paper.ts";

const onOff = (on: boolean) => (on ? "On " : "Off");
const yesNo = (on: boolean) => (on ? "Yes" : "No ");

export const settingsBanner = (paper: Paper) => paper.put`~=<Set ANSI and misc settings>\n`;

/** The thirteen toggles. Blanks at the end of a line and odd inks are the real server's. */
export const settingsList = (set: Preferences) => (paper: Paper) => {
  paper.put`
~m(~Y1~m) ANSI graphics            ~g- ~C${onOff(set.ansi)}
~m(~Y2~m) Animation display        ~g- ~C${onOff(set.animation)}
~m(~Y3~m) Page on messages         ~g- ~C${onOff(set.page)}
~m(~Y4~m) Sub-space radio channel ~w~m ~g- ~C${set.channel}
~m(~Y5~m) Federation comm-link    ~w~m ~g- ~C${onOff(set.fedComm)}
~m(~Y6~m) Receive private hails    ~g- ~C${yesNo(set.hails)}
~m(~Y7~m) Silence ALL messages     ~g-~C ${yesNo(set.silence)}
~m(~Y8~m) Change Password
~m(~Y9~m) Abort display on keys    ~g- ~C~Y${set.abort}
~m(~YA~m) Message Display Mode     ~g- ~C${set.compact ? "Compact" : "Full"}
~m(~YB~m) Screen Pauses            ~g- ~C${yesNo(set.pauses)}
~m(~YC~m) Online Auto Flee         ~g- ~C${onOff(set.autoFlee)}
~m(~YE~m) Sector Autoreturn        ~g- ~C${onOff(set.autoReturn)}\n`;
};

export const settingsPrompt = (paper: Paper) => paper.put`\n~mSettings command (~Y?=Help~m) [Q] `;

/** `ANSI graphics are now On `: only this one was seen; the others follow it. */
const nowSet = (what: string, value: string) => (paper: Paper) => paper.put`\n~C${what} ~Y${value}\n`;

/** What each toggle says of itself, now that it is set. */
export const announced: {
  readonly [K in Exclude<keyof Preferences, "channel">]: (set: Preferences) => (paper: Paper) => void;
} = {
  ansi: ({ ansi }) => nowSet("ANSI graphics are now", onOff(ansi)),
  animation: ({ animation }) => nowSet("Animation display is now", onOff(animation)),
  page: ({ page }) => nowSet("Page on messages is now", onOff(page)),
  fedComm: ({ fedComm }) => nowSet("Federation comm-link is now", onOff(fedComm)),
  hails: ({ hails }) => nowSet("Receive private hails is now", yesNo(hails)),
  silence: ({ silence }) => nowSet("Silence ALL messages is now", yesNo(silence)),
  abort: ({ abort }) => nowSet("Displays are now aborted by", abort),
  compact: ({ compact }) => nowSet("Message Display Mode is now", compact ? "Compact" : "Full"),
  pauses: ({ pauses }) => nowSet("Screen Pauses are now", onOff(pauses)),
  autoFlee: ({ autoFlee }) => nowSet("Online Auto Flee is now", onOff(autoFlee)),
  autoReturn: ({ autoReturn }) => nowSet("Sector Autoreturn is now", onOff(autoReturn)),
};

export const channelQuestion = (channel: number) => (paper: Paper) =>
  paper.put`~mWhich sub-space radio channel do you want to use? ~Y[${channel}] ~m? `;

// ---- the ship's password

export const shipPasswordQuestion = (password: string) => (paper: Paper) => {
  paper.raw("\x1b[2J\x1b[H");
  paper.put`~gYour Ship's password is the only protection you have to keep
~gunauthorized personel from transporting onto your ship.  Choose
~ga password that will not be guessed and be very careful who you
~gtell it to.  Your last password was : ~C${password}

~mEnter a new password ~y(up to 10 chars)~m : ~=`;
};

export const shipPasswordSet = (password: string) => (paper: Paper) =>
  paper.put`~CPassword changed to : ~!${password}\n\n`;

// ---- the TransWarp drive

export const transWarpQuestion = (paper: Paper) =>
  paper.put`~=<Set TransWarp Preference>

~gDo you always want to be prompted (when warping) to use the
~gTransWarp drive?  If you select No, you will have to reactivate
~gTransWarp availability here when you do want to use it.

~mShould TransWarp drive always be available? (~CY/N~m) : `;

/** What follows a Yes was not seen. */
export const transWarpSet = (available: boolean) => (paper: Paper) => {
  if (available) paper.put`\n~gTransWarp will always be available when you warp.\n`;
  else paper.put`\n~gTransWarp is temporarily disabled.  Reselect this option to enable it.\n`;
};
