/** Citadels on the screen: what they take to build, their prompt, and their controls. */
import { type CitadelNeeds, planetWarpOre } from "../../rules/planets.ts";
import { products } from "../../rules/ports.ts";
import type { Planet, Trader } from "../things.ts";
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";

/** The question at the end asks for a key; the words about what citadels are good for are ours. */
export const buildCitadel = (needs: CitadelNeeds) => (paper: Paper) =>
  paper.put`~=<Build Citadel>


~CThis planet does not have a Citadel on it.  With one your ship is safe here
~Covernight, your credits lie in its treasury, and each further level arms it.

${requirements("construction", needs)}
~mDo you wish to construct one? `;

export const upgradeCitadel = (level: number, needs: CitadelNeeds) => (paper: Paper) =>
  paper.put`~=<Upgrade Citadel>

~CLevel ${level} ${gains[level] ?? ""}.

${requirements("upgrade", needs)}
~mDo you wish to construct one? `;

/** What each level brings. */
const gains = [
  "",
  "keeps your ship and your credits",
  "brings a combat computer: its fighters strike at intruders",
  "brings a Quasar cannon",
  "brings a planetary TransWarp drive",
  "brings shield generators",
  "brings an Interdictor",
] as const;

const requirements = (work: string, needs: CitadelNeeds) => (paper: Paper) => {
  const { colonists, days } = needs;
  paper.put`~gCitadel ${work} on this type of planet requires the following:\n${amount(colonists * 1000)}Colonists to support the construction,\n`;
  for (const product of products) {
    const tail = product === "Equipment" ? " and" : ",";
    paper.put`${amount(needs.products[product])}units of ${product}${tail}\n`;
  }
  paper.put`${amount(days)}days to construct.\n`;
};
const amount = (value: number) => (paper: Paper) => paper.put`            ~Y${commas(value).padStart(10)} ~g`;

export const lacking = (what: readonly string[]) => (paper: Paper) => {
  for (const thing of what) paper.put`~RThere are not enough ${thing} on this planet.\n`;
};
export const begun = (days: number) => (paper: Paper) =>
  paper.put`~CConstruction has begun; it will take ~Y${days}~C days.\n`;
export const underWay = (level: number, days: number) => (paper: Paper) =>
  paper.put`~CLevel ~Y${level}~C is under construction: ~Y${days}~C day(s) till complete.\n`;

/** The treasury line is left out when the prompt is shown again after a message. */
export const citadelPrompt = (planet: Planet) => (paper: Paper) =>
  paper.put`~gCitadel treasury contains ~Y${commas(planet.citadel.treasury)}~g credits.\n${citadelCommand}`;
export const citadelCommand = (paper: Paper) => paper.put`~mCitadel command (~Y?=help~m) `;

export const enterCitadel = (paper: Paper) => paper.put`\n~=<Enter Citadel>\n`;

/** Two empty lines go before it. */
export const tradersHere = (others: readonly Trader[]) => (paper: Paper) => {
  paper.put`\n\n`;
  if (others.length === 0) paper.put`~gThere are no other Traders in the Citadel.\n`;
  for (const { name, ship } of others) {
    paper.put`~C${name} ~gis here, his ship ~C${ship.name} ~gstands in the hangar.\n`;
  }
};

export const leaveCitadel = (paper: Paper) => paper.put`\n~mYou leave the citadel and return to your ship.\n`;

export const transferWhich = (paper: Paper) =>
  paper.put`\n~mTransfer To or From the Treasury ~Y(T/F)~m [F]? `;
export const treasuryState = (credits: number, treasury: number) => (paper: Paper) =>
  paper.put`~gYou have ~Y${commas(credits)}~g credits, and the Treasury has ~Y${commas(treasury)}\n`;
export const transferHowMuch = (paper: Paper) => paper.put`~mHow much to transfer?~Y `;

const bar = "\xcd".repeat(58);
export const citadelHelp = (paper: Paper) =>
  paper.put`

~g\xc9${bar}\xbb
~g\xba ~m<~gB~m> ~CTransporter Control      ~m<~gN~m> ~CInterdictor Control~c    ~w~C ~g\xba
~g\xba ~m<~gC~m> ~CEngage Ship's Computer   ~m<~gP~m> ~CPlanetary TransWarp~c    ~w~C ~g\xba
~g\xba ~m<~gD~m> ~CDisplay Traders Here     ~m<~gR~m> ~CRemain here overnight   ~g\xba
~g\xba ~m<~gE~m> ~CExchange Trader Ships    ~m<~gS~m> ~CScan this sector        ~g\xba
~g\xba ~m<~gG~m> ~CShield Generator Control ~m<~gT~m> ~CTreasury Fund Transfers ~g\xba
~g\xba ~m<~gI~m> ~CPersonal Info            ~m<~gU~m> ~CUpgrade Citadel         ~g\xba
~g\xba ~m<~gL~m> ~CQuasar Cannon R-Level~c   ~w~C ~m<~gV~m> ~CEvict the other Traders ~g\xba
~g\xba ~m<~gM~m> ~CMilitary Reaction Level  ~m<~gX~m> ~CCorporation Menu        ~g\xba
~g\xba ~m<~Y!~m> ~YCitadel Help             ~m<~YQ~m> ~YLeave the Citadel       ~g\xba
~g\xc8${bar}\xbc
`;

// ---- controls that no recording shows: where scripts wait for a question it is worded as they know it

export const tooLow = (what: string, level: number) => (paper: Paper) =>
  paper.put`\n~gThis Citadel has no ${what}; that comes with level ~Y${level}~g.\n`;

export const shieldsWhich = (paper: Paper) =>
  paper.put`\n~mTransfer To or From the Planetary Shield System ~Y(T/F)~m [T]? `;
export const shieldsState = (aboard: number, here: number) => (paper: Paper) =>
  paper.put`~gYour ship has ~Y${commas(aboard)}~g shield points, and the planet has ~Y${commas(here)}~g; ten of a ship make one of the planet's.\n~mHow many planetary shields?~Y `;

export const cannonState = (planet: Planet) => (paper: Paper) =>
  paper.put`
~gThe Quasar Cannon uses ~Y${planet.citadel.quasar}~g% of the fuel ore for a shot into the sector,
~gand ~Y${planet.citadel.atmosphere}~g% for a shot in the atmosphere.
~mQcannon Control Type : ~Y(S)~mector, ~Y(A)~mtmosphere or ~Y(Q)~muit [Q]? `;
export const whatLevel = (paper: Paper) => paper.put`~mWhat level do you want ~Y(0-100)~m ? `;

export const reactionState =
  ({ citadel }: Planet) =>
  (paper: Paper) =>
    paper.put`\n~gMilitary reaction level is ~Y${citadel.military}~g%, and it is ~Y${citadel.stance}~g.\n~mDo you want to change this setting? (Y/N) `;
export const stanceWhich = (paper: Paper) =>
  paper.put`~mShould it be ~Y(D)~mefensive or ~Y(O)~mffensive [D]? `;

export const interdictorState = (on: boolean) => (paper: Paper) =>
  paper.put`\n~gYour Interdictor generator is now ~Y${on ? "ON" : "OFF"}\n~mDo you wish to change it? (Y/N) `;
export const interdictorNow = (on: boolean) => (paper: Paper) =>
  paper.put`~gYour Interdictor generator is now ~Y${on ? "ON" : "OFF"}\n`;

export const warpState = (hops: number) => (paper: Paper) =>
  paper.put`\n~gThe planet's TransWarp reaches ~Y${hops}~g hops; each takes ~Y${planetWarpOre}~g units of fuel ore.\n~mWhat sector do you want to warp this planet to? ~Y(Q to Abort)~m `;
export const warpEngaged = (paper: Paper) =>
  paper.put`\n~C-=-=-=- Planetary TransWarp Drive Engaged! -=-=-=-\n`;

export const beamWhere = (range: number) => (paper: Paper) =>
  paper.put`\n~gThe Transporter reaches ~Y${range}~g hops.\n~mBeam to what sector? ~Y(U=Upgrade Q=Quit)~m `;

/** What the levels are for, in short; ours. */
export const citadelGuide = (paper: Paper) =>
  paper.put`
~gLevel 1 keeps credits (~YT~g) and travellers overnight (~YR~g), 2 sends fighters at intruders (~YM~g),
~g3 fires the Quasar Cannon (~YL~g), 4 moves the planet (~YP~g), 5 raises shields (~YG~g), 6 holds ships fast (~YN~g).
~gWhoever owns the planet can go on to the next level with ~YU~g.\n`;
