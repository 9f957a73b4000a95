/** The computer's L and H: traders and aliens by rank. */
import type { Galaxy } from "../../galaxy.ts";
import { askKey, player, type Session, type Then } from "../../session.ts";
import { rankHeading, type Ranked, rankLine, rankQuestion } from "../../text/computer/ranks.ts";
import { shipNameIn } from "../../text/ships.ts";
import { unroll } from "../unroll.ts";

export function listRanks(session: Session, whom: "Trader" | "Alien", then: Then): void {
  rankQuestion(session.paper);
  askKey(session, "TVQ", (asked, key) => {
    if (key === "Q") return then(asked);
    const { galaxy, settings, paper } = player(asked);
    rankHeading(whom, key === "T", asked.at, settings.yearsAhead)(paper);
    const ranked = whom === "Trader" ? tradersByRank(galaxy) : aliens(galaxy).sort(byRank);
    unroll(
      asked,
      ranked.map((who, index) => rankLine(index + 1, who, key === "T")),
      then,
    );
  });
}

/** The more experience the higher; of two that have the same, the one further from evil. */
const byRank = (a: Ranked, b: Ranked) => b.experience - a.experience || b.alignment - a.alignment;

const traders = (galaxy: Galaxy): Ranked[] =>
  [...galaxy.traders.values()].map(({ name, experience, alignment, corp, ship }) => ({
    name,
    experience,
    alignment,
    corp,
    ship: shipNameIn(ship.kind),
  }));

/** All traders, the highest first. */
export const tradersByRank = (galaxy: Galaxy) => traders(galaxy).sort(byRank);

/** Those who trade; neither the Ferrengi nor the Federals are ranked. */
const aliens = (galaxy: Galaxy): Ranked[] =>
  [...galaxy.wanderers.values()].flatMap(({ race, name, experience, alignment, shipType }) =>
    race === "alien"
      ? [{ name, experience, alignment, corp: 0, ship: (paper) => paper.put`~g${shipType}` }]
      : [],
  );
