/** Every command of the tree by its name, with its row; here those that speak to a manager. */
import { localRows } from "./matrix-local.ts";
import { config, split, type Row, type World } from "./matrix-row.ts";

const ofBot =
  (after = "") =>
  ({ bot }: World) => [bot, ...(after ? split(after) : [])];
const ofFresh =
  (after = "") =>
  async ({ fresh }: World) => [await fresh(), ...(after ? split(after) : [])];
const nobody = [["nobody", 5]] as const;

export const rows: Readonly<Record<string, Row>> = {
  ...localRows,
  spawn: {
    words: (world) => [config(world), "--bot-id", `own_${world.next()}`],
    json: "value",
    inked: true,
    asks: true,
    refused: [
      ["nowhere.yaml", 2],
      ["--bot-id NO!", 2],
    ],
  },
  "spawn-swarm": {
    words: (world) => split(`--count 2 --config ${config(world)} --wait --timeout 15s`),
    json: "value",
    asks: true,
    chatter: /^(?:\d+s {2}2 bots: [^\n]+\n)*$/,
    refused: [
      ["", 2],
      ["--count none", 2],
      ["--count 2 --wait=never", 2],
    ],
  },
  scale: {
    words: (world) => ["70", "--config", config(world), "--yes"],
    json: "value",
    asks: true,
    heavy: true,
    refused: [
      ["some", 2],
      ["0", 2],
    ],
  },
  respawn: {
    words: async (world) => [await world.fresh(), config(world)],
    json: "value",
    asks: true,
    refused: [
      ["nobody double.yaml", 5],
      ["nobody", 2],
    ],
  },
  status: { words: () => [], json: "value", inked: true, asks: true, refused: nobody },
  ls: { words: () => [], json: "value", inked: true, asks: true, refused: [["--sort luck", 2]] },
  describe: { words: ofBot(), json: "value", inked: true, asks: true, refused: [...nobody, ["", 2]] },
  pause: { words: ofFresh(), json: "value", asks: true, refused: [...nobody, ["", 2], ["NO!", 2]] },
  resume: { words: ofFresh(), json: "value", asks: true, refused: [...nobody, ["", 2]] },
  restart: { words: ofFresh(), json: "value", asks: true, refused: [...nobody, ["all", 2]] },
  kill: { words: ofFresh(), json: "value", asks: true, refused: [...nobody, ["all", 2]] },
  "set-goal": {
    words: ofFresh("exploration"),
    json: "value",
    asks: true,
    refused: [
      ["nobody x", 5],
      ["x", 2],
    ],
  },
  "kill-all": { words: () => ["--dry-run"], json: "value", asks: true, refused: [["", 2]] },
  clear: { words: () => [], json: "value", asks: true },
  wait: {
    words: ofBot("--for running"),
    json: "value",
    asks: true,
    chatter: /^(?:\d+s {2}1 bot: [^\n]+\n)*$/,
    refused: [
      ["nobody --for running", 5],
      ["nobody", 2],
      ["all --for never", 2],
    ],
  },
  logs: { words: ofBot("-f"), json: "lines", stays: /\n/, asks: true, refused: nobody, stirred: true },
  events: {
    words: () => ["-f"],
    json: "lines",
    stays: /\n/,
    inked: true,
    asks: true,
    stirred: true,
    refused: [["--types ?", 2]],
  },
  watch: {
    words: () => [],
    json: "lines",
    stays: /Watching/,
    inked: "perhaps",
    asks: true,
    chatter: /^Watching \d+ bots; Ctrl-C ends it\n$/,
    refused: nobody,
    stirred: true,
  },
  top: {
    words: () => ["--once"],
    json: "value",
    inked: true,
    asks: true,
    terminal: ({ bot }) => ["--filter", bot],
    refused: [
      ["", 2],
      ["--once nobody", 5],
    ],
  },
  screen: { words: ofBot(), json: "value", asks: true, refused: [...nobody, ["", 2]] },
  send: {
    // One at a time has the keys.
    heavy: true,
    words: ofBot("D"),
    json: "value",
    asks: true,
    refused: [
      ["nobody D", 5],
      ["nobody", 2],
    ],
  },
  attach: {
    words: ofBot(),
    json: "lines",
    stays: /Command|rows|leaves/,
    inked: true,
    asks: true,
    refused: [...nobody, ["", 2]],
    stirred: true,
  },
  export: {
    words: () => ["events"],
    json: "value",
    asks: true,
    refused: [
      ["gold", 2],
      ["timeseries nobody", 5],
    ],
  },
  doctor: { words: () => [], json: "value", inked: true, refused: [["--config nowhere.yaml", 2]] },
  sector: {
    words: () => ["1"],
    json: "value",
    asks: true,
    refused: [
      ["0", 2],
      ["none", 2],
    ],
  },
  routes: { words: () => [], json: "value", asks: true, refused: [["--holds 0", 2]] },
  path: { words: () => ["1", "2"], json: "value", asks: true, refused: [["1", 2]] },
  advisor: { words: () => [], json: "value", asks: true, refused: [["gemma3", 2]] },
};
