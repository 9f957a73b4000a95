/**
 * A visit to the StarDock: from place to place while there is something to do, then back into space. Every key of a menu is
 * pressed at most once a visit, and every price is looked at before the yes.
 *
 *     Command [TL=00:00:00]:[926] (?=Help)? : P
 *     Enter your choice [T] ? S
 *     <StarDock> Where to? (?=Help) S
 *     <Shipyards> Your option (?) ? B
 *     Welcome to the 'yards', you want to trade in that old ship? Yes
 *     Still interested ? Yes
 *     Which ship are you interested in (?=List) ? I
 *     Want to buy it? Yes
 */
import type { Answer, Answers, Skill } from "../../../player/game.ts";
import {
  aboard,
  atStarDock,
  type Errands,
  fittingKeys,
  fittings,
  type GearItem,
  outfitItems,
  type Piece,
  pieceKeys,
  pieces,
  type Place,
} from "../docks.ts";
import type { Prompt } from "../prompts.ts";
import { shipTypes } from "../rules/ships.ts";
import type { World } from "../world.ts";
import { chooseItem, confirmHolds, countOf, type Wish } from "./outfit.ts";

interface DockIntent {
  readonly type: "dock";
  readonly errands: Errands;
  readonly keep: number;
}

/** A key to be pressed in one of the places. */
interface Step {
  readonly place: Exclude<Place, "stardock" | "class0">;
  readonly key: string;
}

/** The places' keys at the StarDock's own prompt. */
const doors: { readonly [P in Step["place"]]: string } = {
  bank: "G",
  emporium: "H",
  library: "L",
  police: "P",
  yards: "S",
  tavern: "T",
};

/** All that the errands ask for and the ship does not have yet, in order. */
function stepsOf(world: Readonly<World>, { withdraw, ship, outfit, gear, deposit }: Errands): Step[] {
  const steps: Step[] = [];
  if (withdraw) steps.push({ place: "bank", key: "W" });
  if (ship && world.ship.kind !== ship.kind) steps.push({ place: "yards", key: "B" });
  if (outfit && outfitItems.some((item) => (outfit[item] ?? 0) > world[item]))
    steps.push({ place: "yards", key: "P" });
  for (const item of gearItems) {
    const key = item in pieceKeys ? pieceKeys[item as Piece] : fittingKeys[item as keyof typeof fittingKeys];
    if ((gear?.[item] ?? 0) > aboard(world, item)) steps.push({ place: "emporium", key });
  }
  if (deposit) steps.push({ place: "bank", key: "D" });
  return steps;
}
/** What a ship has one of goes before what is bought by the piece. */
const gearItems: readonly GearItem[] = [...fittings, ...pieces];

/** The next step that has not been tried on this visit. */
const nextStep = (world: Readonly<World>, { errands }: DockIntent): Step | undefined =>
  stepsOf(world, errands).find(({ place, key }) => !world.visit.tried.has(`${place}${key}`));

const key = (text: string): Answer => ({ keys: text });
const yes = (when: boolean): Answer => key(when ? "Y" : "N");
const spendable = (world: Readonly<World>, { keep }: DockIntent) => Math.max(0, world.credits - keep);
const wishOf = ({ errands, keep }: DockIntent): Wish => ({ outfit: errands.outfit ?? {}, keep });

/** How many of the piece that was asked for last. */
function pieceCount(world: Readonly<World>, intent: DockIntent, most: number): number {
  const piece = pieces.findLast((each) => world.visit.last === `emporium${pieceKeys[each]}`);
  const price = piece && world.market.gear.get(piece);
  if (!piece || price === undefined) return 0;
  const lacking = (intent.errands.gear?.[piece] ?? 0) - aboard(world, piece);
  return Math.max(0, Math.min(lacking, most, Math.floor(spendable(world, intent) / Math.max(1, price))));
}

/** Of a fitting that comes in two grades, the one that is wanted, if it can be paid. */
function gradeOf(world: Readonly<World>, intent: DockIntent, item: "scanner" | "transwarp"): number {
  const grade = intent.errands.gear?.[item] ?? 0;
  const price = world.market.gear.get(`${item} ${grade}`);
  return price !== undefined && price <= spendable(world, intent) ? grade : 0;
}

/** What the new ship may cost at most before what the old one brings. */
const shipBudget = (world: Readonly<World>, intent: DockIntent): number =>
  Math.min(intent.errands.ship?.most ?? 0, spendable(world, intent)) + (world.visit.tradeIn ?? 0);

/** Buying a ship in part exchange. The list is read before a letter is pressed: sysops change ships. */
const yardAnswers: Answers<World, Prompt, DockIntent> = {
  tradeIn: ({ intent }) => yes(intent.errands.ship !== undefined),
  stillInterested({ world, intent }) {
    const { ship } = intent.errands;
    if (!ship || world.visit.tradeIn === undefined) return key("N");
    const { name, cost } = shipTypes[ship.kind];
    return yes((world.market.ships.get(name)?.price ?? cost) <= shipBudget(world, intent));
  },
  whichShip({ world, intent }) {
    const { offered, listings } = world.visit;
    const { ship } = intent.errands;
    if (!ship || offered || listings > 1) return key("Q");
    if (listings === 0) return key("?");
    return key(world.market.ships.get(shipTypes[ship.kind].name)?.letter ?? "Q");
  },
  buyIt({ world, intent }) {
    const { ship } = intent.errands;
    const { offered } = world.visit;
    if (!ship || offered?.price === undefined || offered.name !== shipTypes[ship.kind].name) return key("N");
    return yes(offered.price <= shipBudget(world, intent));
  },
};

export const dock: Skill<World, Prompt, DockIntent> = {
  // Where the P is lost, S looks around with a scanner or not at all. Nothing goes ahead of a shop: each has doors of its own.
  start: ({ world }) => ({ keys: "P", ahead: atStarDock(world) ? [{ at: "portMenu", keys: "S" }] : [] }),
  answers: {
    portMenu: ({ world }) => key(atStarDock(world) ? "S" : "Q"),
    stardock({ world, intent }) {
      const step = nextStep(world, intent);
      return key(step ? doors[step.place] : "Q");
    },
    shop({ world, prompt, intent }) {
      const step = nextStep(world, intent);
      return key(step?.place === prompt.place ? step.key : "Q");
    },
    class0: ({ world, intent }) => chooseItem(world, wishOf(intent)),
    howMany({ world, prompt, intent }) {
      const { item, most } = prompt;
      const count =
        item === "pieces" ? pieceCount(world, intent, most ?? 0) : countOf(world, wishOf(intent), item);
      return key(`${count}\r`);
    },
    holdsConfirm: ({ world, intent }) => confirmHolds(world, wishOf(intent)),
    oneOff({ world, prompt, intent }) {
      const wanted = fittings.some((item) => world.visit.last === `emporium${fittingKeys[item]}`);
      return yes(wanted && prompt.price <= spendable(world, intent));
    },
    whichScanner({ world, intent }) {
      const grade = gradeOf(world, intent, "scanner");
      return key(grade === 0 ? "Q" : grade === 2 ? "H" : "D");
    },
    whichDrive({ world, intent }) {
      const grade = gradeOf(world, intent, "transwarp");
      return key(grade === 0 ? "Q" : String(grade));
    },
    ...yardAnswers,
    howManyCredits({ world, prompt, intent }) {
      const { withdraw = 0, deposit = 0 } = intent.errands;
      const wanted = prompt.what === "withdraw" ? withdraw : Math.min(deposit, spendable(world, intent));
      return key(`${Math.max(0, Math.min(prompt.most, Math.floor(wanted)))}\r`);
    },
  },
};
