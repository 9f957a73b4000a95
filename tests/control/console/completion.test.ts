import { afterEach, expect, mock, spyOn, test } from "bun:test";
import type { Doors } from "../../../src/control/console/doors.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import { scribe } from "../../doubles/scribe.ts";
import { typed } from "../../doubles/console.ts";

afterEach(() => mock.restore());

/** What a shell is offered, as the library prints it, and which managers were asked. */
async function offered(words: readonly string[], doors: Partial<Doors> = {}) {
  const lines: string[] = [];
  spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  const asked: unknown[] = [];
  const { status } = await typed(["complete", "--", ...words], {
    doors: {
      swarm: async (...at) => {
        asked.push(at);
        return scribe().swarm;
      },
      filesLike: async (begun) => [`${begun}bots/`, `${begun}x.yaml`],
      ...doors,
    },
  });
  expect([status, lines.at(-1)]).toEqual([0, ":4"]);
  return { asked, offers: lines.slice(0, -1).map((line) => line.split("\t") as [string, string]) };
}

test("bots are offered by id with their state, from the manager that is meant, asked for a moment only", async () => {
  const { offers, asked } = await offered(["pause", ""]);
  expect(offers).toEqual([
    ["a", "RUNNING"],
    ["all", "every bot"],
  ]);
  expect(asked).toEqual([["http://localhost:8000", undefined, 300]]);
  expect((await offered(["kill", "--url", "http://x:1", "a"])).asked).toEqual([
    ["http://x:1", undefined, 300],
  ]);
  expect((await offered(["kill", "bot_1", ""])).offers).toHaveLength(2);
  // One is meant there, so "all" is no answer.
  expect((await offered(["describe", ""])).offers).toEqual([["a", "RUNNING"]]);
});

test("a manager that does not answer costs nothing but its bots", async () => {
  const swarm = () => Promise.reject(new Refusal("manager_unreachable", "no answer"));
  expect((await offered(["pause", ""], { swarm })).offers).toEqual([]);
  const settings = () => Promise.reject(new Refusal("bad_input", "cli.yaml:1:1: no"));
  expect((await offered(["pause", ""], { settings })).offers).toEqual([]);
});

test("no manager is asked where a verb or a flag is typed", async () => {
  const verbs = await offered(["spa"]);
  expect(verbs.offers.map(([value]) => value)).toEqual(["spawn", "spawn-swarm"]);
  const flags = await offered(["pause", "--st"]);
  expect(flags.offers.map(([value]) => value)).toEqual(["--state"]);
  expect([...verbs.asked, ...flags.asked]).toEqual([]);
});

test("states, wishes, sort keys, goals, files and kinds are offered where they belong", async () => {
  const values = async (...words: string[]) => (await offered(words)).offers.map(([value]) => value);
  expect(await values("ls", "--state", "")).toContain("STUCK");
  expect(await values("wait", "a", "--for", "")).toContain("healthy");
  expect(await values("ls", "--sort", "-cred")).toEqual(["-credits", "-credits_per_turn"]);
  expect(await values("ls", "--sort", "cred")).toEqual(["credits", "credits_per_turn"]);
  expect(await values("set-goal", "a", "")).toContain("exploration");
  expect(await values("spawn", "")).toEqual(["bots/", "x.yaml"]);
  expect(await values("spawn-swarm", "--config", "")).toEqual(["bots/", "x.yaml"]);
  expect(await values("config", "schema", "")).toEqual(["bot", "manager", "host", "cli"]);
});

test("no file is offered whose name a shell would take for a command", async () => {
  const filesLike = async () => [
    "$(touch x).yaml",
    "`id`.yaml",
    "a b.yaml",
    "*.yaml",
    "\u001b[2J.yaml",
    "größe-1.yaml",
  ];
  expect((await offered(["spawn", ""], { filesLike })).offers).toEqual([["größe-1.yaml", ""]]);
});
