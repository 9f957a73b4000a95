/** Tools that tell what the swarm knows of the game's universe. */
import { plain } from "../tool.ts";

const place = 'The game, such as "localhost:2002/A"; else that of which most is known';
const botsThereMax = 50;
const wayMax = 1000;
const missing =
  "Bots learn it while they play: tw2002_get_swarm_status shows whether any do. Without place the game of which most is known is meant";

const sector = plain("sector", {
  description:
    "What the swarm knows of one sector: the sectors it leads to, its port with stock and prices, danger, and which bots are there. Prices are in credits, stock in units. seen is false when no bot was there yet.",
  missing,
  args: { sector: "The sector's number", place },
  lists: { bots: botsThereMax },
});

const routes = plain("routes", {
  description:
    "The pairs of ports that earn most credits per turn, the best first, by what the swarm has seen. Use it to say where trading pays, or to choose goals. in_work is true while a bot has claimed one of the two ports.",
  missing,
  args: {
    place,
    limit: "Routes at most",
    holds: "Cargo holds of the ship that is thought of",
    turns_per_warp: "Turns that ship needs for one warp",
    max_hops: "Warps between the two ports, at most",
  },
  lists: { routes: 100 },
});

const path = plain("path", {
  description:
    "The shortest way between two sectors that the swarm knows, as sector numbers. sectors is empty, and hops null, when no way is known yet; dangerous are those of them where harm is known.",
  missing,
  args: { place, from: "Sector to begin at", to: "Sector to reach" },
  lists: { dangerous: wayMax, sectors: wayMax },
});

export const atlas = { sector, routes, path };
