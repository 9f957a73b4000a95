/** Words between traders: what the sender is asked, and how a message looks at the other end. */
import type { Mail, Trader } from "../things.ts";
import { mailLines } from "./entry/menu.ts";
import type { Paper } from "./paper.ts";

/** Federation comm-link, sub-space radio, private hail: the letter that a compact message begins with. */
export type Channel = "F" | "R" | "P";

/** A message in compact mode, which everybody starts with: the channel's letter and six letters of the name. */
export const compact = (channel: Channel, from: string, text: string) => (paper: Paper) => {
  const name = from.slice(0, 6);
  if (channel === "F") paper.put`~yF ~C${name} ~Y${text}\n`;
  else if (channel === "R") paper.put`~cR ~C${name} ~Y${text}\n`;
  else paper.put`~gP ~C${name} ~Y${text}\n`;
};

const by = (channel: Channel, number: number) => {
  if (channel === "F") return "Federation comm-link";
  return channel === "R" ? `channel ${number}` : "a private hail";
};

/** The same in full; helper programs know the first line. The rest, and its colours, are ours. */
export const full = (channel: Channel, number: number, from: string, text: string) => (paper: Paper) =>
  paper.put`~gIncoming transmission from ~C${from}~g on ${by(channel, number)}:\n~Y${text}\n`;

export const askFedComm = (paper: Paper) =>
  paper.put`\n~gFederation comm-link: [~Y<ENTER> for multiple lines~g]\n\n~m\`~y`;
export const askSubSpace = (channel: number) => (paper: Paper) =>
  paper.put`\n~gSub-space radio (~C${channel}~g): [~Y<ENTER> for multiple lines~g]\n\n~m'~y`;
export const askHail = (paper: Paper) =>
  paper.put`\n~gHailing frequencies: [~Y<ENTER> to request secure channel~g]\n\n~m=~y`;

export const sentOnFedComm = (paper: Paper) => paper.put`\n~mMessage sent on Federation comm-link.\n`;
export const sentOnSubSpace = (channel: number) => (paper: Paper) =>
  paper.put`\n~mMessage sent on sub-space channel ~C${channel}~m.\n`;
export const unknownTrader = (paper: Paper) => paper.put`~!Unknown Trader!\n`;

// What follows is not in any recording: the words are ours.
export const severalLines = (paper: Paper) => paper.put`~gAn empty line ends your message.\n`;
export const nextLine = (paper: Paper) => paper.put`~m: ~y`;
export const askHailText = (name: string) => (paper: Paper) => paper.put`~gHailing ~C${name}~g:\n\n~m=~y`;
export const hailSent = (paper: Paper) => paper.put`\n~mMessage sent.\n`;
export const notListening = (name: string) => (paper: Paper) =>
  paper.put`\n~C${name} ~gdoes not receive hails now.\n`;
export const mailKept = (name: string) => (paper: Paper) =>
  paper.put`\n~C${name} ~gis not on line.  Your message will be waiting.\n`;
export const askSecure = (paper: Paper) => paper.put`~mWho do you want to open a secure channel to? ~y`;

// ---- mail, of which no recording shows more than the key's name

export const askRecipient = (paper: Paper) => paper.put`\n~mWho do you want to send mail to? ~y`;
export const askMailText = (name: string) => (paper: Paper) =>
  paper.put`\n~gMail to ~C${name}~g.  An empty line ends it.\n`;
export const mailSent = (paper: Paper) => paper.put`~gYour mail is on its way.\n`;
export const mailArrived = (from: Trader) => (paper: Paper) =>
  paper.put`~gYou have mail from ~C${from.name}~g.\n`;
export const mailbox = (mail: readonly Mail[], yearsAhead: number) => (paper: Paper) => {
  if (mail.length === 0) paper.put`\n~gYour mailbox is empty.\n`;
  for (const message of mail) mailLines(message, yearsAhead)(paper);
};
export const askCleanUp = (count: number) => (paper: Paper) =>
  paper.put`\n~gThere are ~Y${count}~g messages in your mailbox.\n~mDelete them all? (~YY/N~m) [~YN~m] `;
export const cleanedUp = (paper: Paper) => paper.put`~gYour mailbox has been cleaned up.\n`;
