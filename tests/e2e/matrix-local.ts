/** Commands that are processes of their own, or ask no manager: a row for each. */
import { join } from "node:path";
import { config, split, type Row, type World } from "./matrix-row.ts";

const host = (words: string) => (world: World) => [
  ...(words ? split(words) : []),
  "--db",
  join(world.folder, "host.db"),
];
const noSuchHost = (code: number) => ["--db nowhere.db", code] as const;
/** Lines for people, or as JSON. */
const log = /^(?:[^\n]+\n)*$/;

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "e2e", version: "1" } },
};
const askStatus = {
  jsonrpc: "2.0",
  id: 2,
  method: "tools/call",
  params: { name: "tw2002_get_swarm_status", arguments: {} },
};
const askTools = {
  jsonrpc: "2.0",
  id: 3,
  method: "tools/list",
  params: {},
};

export const localRows: Readonly<Record<string, Row>> = {
  manager: {
    words: ({ folder, next }) =>
      split(`--port 0 --no-dashboard-port --state-file ${join(folder, `swarm-${next()}.db`)}`),
    json: "lines",
    stays: /listening|Manager at/,
    chatter: log,
    heavy: true,
    refused: [
      ["--port many", 2],
      ["--config nowhere.yaml", 2],
    ],
  },
  worker: {
    words: ({ folder, next }) => [
      ...split(`--config ${join(folder, "player.yaml")} --state-dir`),
      join(folder, `worker-${next()}`),
    ],
    json: "lines",
    stays: /playing as/,
    chatter: log,
    heavy: true,
    refused: [
      ["", 2],
      ["--config nowhere.yaml", 2],
      ["--config lost.yaml --state-dir lost", 6],
    ],
  },
  host: {
    words: ({ folder, next }) => split(`--port 0 --sectors 100 --db ${join(folder, `host-${next()}.db`)}`),
    json: "lines",
    stays: /listening|TradeWars 2002 at/,
    chatter: log,
    heavy: true,
    refused: [
      ["--sectors 1", 2],
      ["--config nowhere.yaml", 2],
    ],
  },
  "host inspect summary": { words: host(""), json: "value", refused: [noSuchHost(5)] },
  "host inspect sector": {
    words: host("1"),
    json: "value",
    refused: [
      ["none", 2],
      ["20000", 5],
    ],
  },
  "host inspect port": { words: host("1"), json: "value", refused: [["none", 2]] },
  "host inspect player": {
    words: async (world) => [await world.caller(), ...host("")(world)],
    json: "value",
    refused: [["nobody", 5]],
  },
  "host inspect pairs": { words: host("--top 3"), json: "value", refused: [["--top none", 2]] },
  "host admin who": { words: host(""), json: "value", refused: [noSuchHost(1)] },
  "host admin kick": {
    words: async (world) => [await world.caller(), ...host("")(world)],
    json: "value",
    refused: [["nobody", 5]],
  },
  "host admin broadcast": { words: host("Back at noon"), json: "value", refused: [["", 2]] },
  "host admin reset": {
    words: host("C --yes"),
    json: "value",
    refused: [
      ["?? --yes", 2],
      ["C", 2],
    ],
  },
  explain: {
    words: ({ folder }) => [join(folder, "session.jsonl")],
    json: "lines",
    refused: [
      ["", 2],
      ["nowhere.jsonl", 2],
    ],
  },
  demo: {
    words: () => split("--count 1 --sectors 100 --port 0"),
    json: "value",
    stays: /Status page at[^]*\n/,
    chatter: log,
    heavy: true,
    refused: [["--count 0", 2]],
  },
  mcp: {
    words: () => [],
    json: "always",
    stdin: [initialize, askStatus, askTools].map((asked) => `${JSON.stringify(asked)}\n`).join(""),
    refused: [["--url none", 2]],
  },
  "config schema": { words: () => ["manager"], json: "always", refused: [["pets", 2]] },
  "config check": {
    words: (world) => [config(world)],
    json: "value",
    refused: [["", 2]],
  },
  "config show": {
    words: (world) => [config(world), "--resolved"],
    json: "value",
    refused: [["nowhere.yaml", 2]],
  },
  "config path": { words: () => [], json: "value", chatter: /^(?:There is no such file, which is fine\n)?$/ },
  completion: { words: () => ["bash"], json: "never", refused: [["tcsh", 2]] },
  complete: { words: () => ["--", "pause", ""], json: "never" },
};
