/**
 * A bot's terminal, seen from elsewhere, and its keys in another's hands: what is true of both ways. Between manager and worker these
 * words travel on the link (link.ts, orders.ts); what a viewer hears and says is in terminal-view.ts, which no worker has to carry.
 *
 * The worker keeps the last `terminalRingMax` characters that the game wrote, escape sequences and all, as CP437 text without telnet's
 * commands. Whoever begins to watch gets them first, then what comes. Who holds the keys has a lease: it ends when it is given back, when
 * nothing was heard of the holder for `leaseMs`, or when a way in between breaks. The bot stands at a safe prompt meanwhile.
 */
import { z } from "zod";

/** Characters of the past that a worker keeps for those who come to watch. */
export const terminalRingMax = 16 * 1024;
/** Most characters of one telling. */
export const terminalChunkMax = 8 * 1024;
/** Milliseconds for which a worker gathers what the game writes before it tells those who watch. */
export const terminalPaceMs = 50;
/** A lease that nobody has renewed for so long is over. */
export const leaseMs = 15_000;
/** A holder says so much at least. */
export const leaseBeatMs = 5_000;
/** Most keys of one word, as characters. */
export const keysMax = 2000;
/** A bot that is at play gets so long to come to a safe prompt before the taking is given up. */
export const takeMaxMs = 30_000;
/** Keys as they are typed: any character of CP437 and the controls of a keyboard; Enter is "\r". */
export const Keys = z.string().min(1).max(keysMax);

/** Who holds the keys, drawn by chance by the one who asks: nobody else can type with it. */
export const LeaseId = z.string().regex(/^[0-9a-z]{8,32}$/);
