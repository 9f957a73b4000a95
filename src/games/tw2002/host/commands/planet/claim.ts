/** O and Z: whose a planet is, and the end of it. */
import { note, removePlanet } from "../../galaxy.ts";
import { throwOff, tradersOn } from "../../planet.ts";
import { askKey, askYesNo, player, type Session } from "../../session.ts";
import { inSpace, type Owner } from "../../things.ts";
import { reward } from "../rewards.ts";
import { done, type Ground, still } from "./ground.ts";
import { inform } from "../../mail.ts";
import { sameOwner } from "../../owners.ts";
import { destroyReward } from "../../../rules/planets.ts";

/** Whoever stands on a planet can claim it: nobody was left to keep him from landing. The words are ours. */
export function claim(session: Session, ground: Ground): void {
  const { trader, paper } = player(session);
  paper.put`~=<Claim Ownership>\n\n`;
  const mine: Owner = { type: "trader", id: trader.id };
  if (trader.corp === 0) return take(session, ground, mine);
  paper.put`~mShould this be a (~YC~m)orporate planet or (~YP~m)ersonal planet? `;
  askKey(session, "CP", (asked, key) => {
    if (!still(asked, ground)) return;
    // The corporation may have been left, or closed, meanwhile.
    const { corp } = player(asked).trader;
    take(asked, ground, key === "C" && corp !== 0 ? { type: "corp", id: corp } : mine);
  });
}

function take(session: Session, { planet, back }: Ground, owner: Owner): void {
  const { galaxy, paper } = player(session);
  if (sameOwner(planet.owner, owner)) paper.put`~gThis planet is yours already.\n\n`;
  else {
    planet.owner = owner;
    note(galaxy, "planet", planet);
    paper.put`~gYou claim this planet for your ${owner.type === "corp" ? "Corporation" : "own"}.\n\n`;
  }
  back(session);
}

/** Scripts press Z, D, Y. Only the heading and the line about detonators are known; the rest is ours. */
export function destroy(session: Session, ground: Ground): void {
  const { trader, paper } = player(session);
  paper.put`~=<Destroy Planet>\n\n`;
  if (trader.ship.gear.detonators === 0) {
    paper.put`~RYou do not have any Atomic Detonators!\n\n`;
    return ground.back(session);
  }
  paper.put`~gYou have ~Y${trader.ship.gear.detonators}~g Atomic Detonators.\n~mDo you want to (~YD~m)etonate one or (~YQ~m)uit? ~Y[Q] ~C`;
  askKey(
    session,
    "DQ",
    (asked, key) => {
      if (!still(asked, ground)) return;
      if (key === "Q") return done(asked, ground);
      asked.paper.put`~mAre you sure? (Y/N) `;
      askYesNo(asked, false, (decided, yes) => {
        if (!still(decided, ground)) return;
        if (yes && trader.ship.gear.detonators > 0) blowUp(decided, ground);
        else done(decided, ground);
      });
    },
    { enter: "Q" },
  );
}

/** Everybody on the planet gets away in his ship; what lay in its stores does not. */
function blowUp(session: Session, { planet, off }: Ground): void {
  const { galaxy, trader, game, paper } = player(session);
  const others = tradersOn(galaxy, planet).filter((other) => other !== trader);
  trader.ship.gear.detonators--;
  trader.place = inSpace;
  note(galaxy, "trader", trader);
  throwOff(galaxy, others);
  removePlanet(galaxy, planet);
  paper.put`\n~CYou set the timer and run; from orbit you watch ~Y${planet.name}~C burst.\n~gFor blowing up this planet you receive ~Y${destroyReward}~g experience point(s).\n`;
  reward(session, destroyReward);
  for (const other of others) {
    inform(game, other, session.at, {
      from: planet.name,
      text: `${trader.name} has blown up ${planet.name} beneath you!`,
      shown: (sheet) => sheet.put`~C${trader.name} ~Rhas blown up ~C${planet.name}~R beneath you!\n`,
    });
  }
  off(session);
}
