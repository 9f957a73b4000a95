/** The prompts at which the game waits, byte for byte. */
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";

/** What the clock in a prompt shows where time on line is not limited. */
export const unlimited = "00:00:00";

/** `Command [TL=00:00:00]:[852] (?=Help)? : ` below an empty line. */
export const commandPrompt =
  (sector: number, mark = "", left = unlimited) =>
  (paper: Paper) =>
    paper.put`\n~mCommand${mark} [~YTL~y=~Y${left}~m]~W:~m[~C${sector}~m] (~Y?=Help~m)? : `;

export const computerPrompt =
  (sector: number, left = unlimited) =>
  (paper: Paper) =>
    paper.put`\n~mComputer command [~YTL~y=~Y${left}~m]~W:~m[~C${sector}~m] (~Y?=Help~m)? `;

/** The game's own front menu. */
export const gameMenu = (paper: Paper) =>
  paper.put`   ~c==~C-~w- ~WTrade Wars 2002 ~w-~C-~c==

   ~WT ~C- Play Trade Wars 2002
   ~WI ~C- Introduction & Help
   ~WS ~C- View Game Settings
   ~WH ~C- High scores
   ~WM ~C- View Access Modes
   ~WX ~C- Exit

~CEnter your choice: `;

export const askLog = (paper: Paper) => paper.put`\x1b[2J\x1b[H~gShow today's log? (~YY/N~g) [~CN~g] `;

/** What a port's menu offers beyond trading. */
interface PortMenu {
  readonly stardock: boolean;
  /** One of his planets is in the sector. */
  readonly planet: boolean;
  readonly evil: boolean;
}
export const portMenu = (offers: PortMenu) => (paper: Paper) => {
  paper.put`\n~m<~gA~m>~g Attack this Port\n`;
  if (offers.planet) paper.put`~m<~gN~m>~g Negotiate Planetary Trade Agreement\n`;
  if (offers.evil) paper.put`~m<~gR~m>~g Rob this Port\n`;
  if (offers.stardock) paper.put`~m<~gS~m>~g Land on ~ythe StarDock\n`;
  paper.put`~m<~gT~m>~g Trade at this Port
~m<~gQ~m>~g Quit, nevermind

~mEnter your choice ~Y[T] ~m? `;
};

export const offerPrompt = (amount: number) => (paper: Paper) =>
  paper.put`~mYour offer [~Y${commas(amount)}~m] ? `;

/** The same to a planet: no blank before the question mark. */
export const planetOfferPrompt = (amount: number) => (paper: Paper) =>
  paper.put`~mYour offer [~Y${commas(amount)}~m]? `;

export const engagePrompt = (paper: Paper) =>
  paper.put`\n~mEngage the Autopilot? ~Y(Y/N/Single step/Express)~m [Y] `;

export const stopPrompt = (paper: Paper) =>
  paper.put`\n~CStop in this sector ~Y(Y,N,E,I,R,S,D,P,?) (?=Help) ~y[N]~C ? `;

export const passwordPrompt = (paper: Paper) => paper.put`~mPassword? `;
