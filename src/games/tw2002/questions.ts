/**
 * Questions that no skill asks for on purpose, each with the keys that lead past it and change nothing: a bot that gets here by
 * mistake is on its way home. Wording: the recordings, except for the general forms at the end, which the game's own habits suggest.
 */

/** What kind of answer is expected. `sector` is a number that ends with Enter, where none or 0 is refused. */
export type QuestionKind = "number" | "yesNo" | "menu" | "text" | "sector";

export interface Question {
  readonly kind: QuestionKind;
  /** Keys that decline. */
  readonly decline: string;
}

const decline: Record<QuestionKind, string> = {
  number: "0\r",
  yesNo: "N",
  menu: "Q",
  text: "\r",
  sector: "\r",
};

/** By the whole text of the open line. */
const fixed: { readonly [kind in QuestionKind]: readonly string[] } = {
  number: ["How much to transfer? "],
  yesNo: [
    "Are you sure you want to jettison all cargo? (Y/N) ",
    "All Systems Ready, shall we engage? ",
    "Display planet? ",
    "Display Planet? ",
    "Do you want to make this jump blind? ",
    "Do you wish to clear ALL avoids? (Y/N) [N] ",
    "Do you wish to construct one? ",
    "Do you wish to launch a Marker Beacon here? (Y/N) [N] ",
    "Do you wish to launch one (Y/N) [N]? ",
    "Should TransWarp drive always be available? (Y/N) : ",
    '"Still interested?" ',
  ],
  menu: [
    "(R)ob this port, (S)teal product or (Q)uit (?=Help) ",
    "Choice ? ",
    "Do you wish to (L)eave or (T)ake Fighters? [T] (Q to Exit) ",
    "List by rank (T)itles or by rank (V)alues (T,V or Q to quit) ? ",
    "Settings command (?=Help) [Q] ",
    "Which Listing? ",
    "Which planet type are you interested in (?=List) ? ",
    "Which product? (1)Fuel Ore, (2)Organics or (3)Equipment (Q=Quit) ? ",
  ],
  text: [
    "-> ",
    "> ",
    "Enter Corp name ",
    "Enter Corp password ",
    // Of a ship, never ours: none is wanted.
    "Enter a new password (up to 10 chars) : ",
    "Input search date :",
    "Which Trader ? (Full or Partial Name) - ",
  ],
  sector: ["What is the destination sector?  "],
};

/** Where nothing declines, the answer that does least. */
const odd: { readonly [text: string]: Question } = {
  " Handle which mine type, 1 Armid or 2 Limpet ? :": { kind: "menu", decline: "1" },
  " Scan which mine type, 1 Armid or 2 Limpet ? :": { kind: "menu", decline: "1" },
  "(1)Ore, (2)Org or (3)Equipment ? ": { kind: "menu", decline: "1" },
  "(L)eave or (T)ake Product? [T] ": { kind: "menu", decline: "T" },
  "Choose which ship to sell (Q=Quit) ": { kind: "menu", decline: "Q\r" },
  "Do you want to list your (E)xplored or (U)nexplored sectors? (E/U) ": { kind: "menu", decline: "E" },
  "Land on which planet <Q to abort> ? ": { kind: "menu", decline: "Q\r" },
  "Should these be (C)orporate fighters or (P)ersonal fighters? ": { kind: "menu", decline: "P" },
  "Should they be (D)efensive, (O)ffensive or Charge a (T)oll ? ": { kind: "menu", decline: "D" },
  "Transfer To or From the Treasury (T/F) [F]? ": { kind: "menu", decline: "F" },
};

const plain = new Map<string, Question>([
  ...Object.entries(odd),
  ...(Object.keys(fixed) as QuestionKind[]).flatMap((kind) =>
    fixed[kind].map((text): [string, Question] => [text, { kind, decline: decline[kind] }]),
  ),
]);

/** Questions with a number or a word in them. None begins like the words of others, with the letter of a channel. */
const forms: readonly (readonly [RegExp, QuestionKind])[] = [
  [/^How many [A-Za-z][A-Za-z0-9 -]{1,50}\?(?: [([][^()[\]]{1,30}[)\]]){0,2} {1,2}$/, "number"],
  [/^How many [A-Za-z][A-Za-z0-9 -]{1,50}(?: ?[([][^()]{1,40}[)\]]){1,2} ?\? {1,2}$/, "number"],
  [/^Enter new NavPoint \(0=None\) {1,2}\(0 to [\d,]{1,6}\) \[[\d,]{1,6}\] : $/, "number"],
  [/^"Would ye pay me [\d,]{1,9} credits for it\?" $/, "yesNo"],
  [/^What (?:sector is the port in|sector do you wish to examine)\? \[\d{1,5}\] {1,2}$/, "sector"],
  [/^What is the starting sector \[\d{1,5}\] \? {1,2}$/, "sector"],
  [/^Which sector do you want to avoid\? \[0 clears voids\] $/, "sector"],
  // Forms of the game's that no recording shows with these words.
  [/^Attack (?:the )?[\d,A-Z].{1,130} \(Y\/N\) \[N\]\? $/, "yesNo"],
  [/^(?:Do|Are|Would|Should) you [A-Za-z ,'-]{1,60}\?? ?\(Y\/N\)(?: \[[YN]\])? ?[?:]? ?$/, "yesNo"],
  [/^(?:Do|Are|Would) you [A-Za-z ,'-]{1,60}\? $/, "yesNo"],
  [/^(?:Which|What|Choose) [A-Za-z ,'-]{1,50}\(\?=(?:List|Help)\)(?: \[Q\])? ?[?:]? $/, "menu"],
];

/** The question that the open line asks, if it is one. */
export function readQuestion(open: string): Question | undefined {
  const known = plain.get(open);
  if (known) return known;
  const form = forms.find(([pattern]) => pattern.test(open));
  return form && { kind: form[1], decline: decline[form[1]] };
}

/** The texts with which a question's line begins, for those who read it with its answer behind it. */
export const questionTexts: readonly string[] = [...plain.keys()];
/** The same for those with a number in them: each pattern ends where the answer begins. */
export const questionForms: readonly RegExp[] = forms.map(([pattern]) => pattern);
