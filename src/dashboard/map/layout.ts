/** A universe settling: ForceAtlas2 from the ground on, a few rounds at a time. The same net and ground end the same. */
import Graph from "graphology";
import forceAtlas2, { type ForceAtlas2Settings } from "graphology-layout-forceatlas2";
import { groundOf, type Net, type Spots } from "./ground.ts";

/** Rounds that a new universe takes to settle, and one that has grown: the fewer, the less is new. */
const newRounds = 240;
const grownMinRounds = 10;

export interface Settling {
  readonly spots: Spots;
  readonly isSettled: boolean;
}

/** Each call goes on for so many rounds, the first one with none: what it begins with. */
export function settle(
  net: Net,
  known: ReadonlyMap<number, readonly [x: number, y: number]>,
): (rounds: number) => Settling {
  const { spots, share } = groundOf(net, known);
  const graph = new Graph({ type: "undirected", multi: true });
  for (let i = 0; i < net.sectors.length; i++) graph.addNode(i, { x: spots[2 * i], y: spots[2 * i + 1] });
  for (let i = 0; i < net.ways.length; i += 2) graph.addEdge(net.ways[i], net.ways[i + 1]);
  let left = net.sectors.length < 2 ? 0 : Math.max(grownMinRounds, Math.round(newRounds * share));
  const settings = settingsFor(net.sectors.length);
  return (rounds) => {
    const iterations = Math.min(rounds, left);
    left -= iterations;
    if (iterations > 0) {
      forceAtlas2.assign(graph, { iterations, settings });
      graph.forEachNode((node, { x, y }) => {
        spots[2 * Number(node)] = x;
        spots[2 * Number(node) + 1] = y;
      });
    }
    return { spots, isSettled: left === 0 };
  };
}

const settingsFor = (size: number): ForceAtlas2Settings => ({
  barnesHutOptimize: size > 300,
  barnesHutTheta: 0.8,
  scalingRatio: 0.2,
  gravity: 0.05,
  slowDown: 1 + Math.log(Math.max(1, size)),
});
