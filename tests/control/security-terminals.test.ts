import { afterEach, describe, expect, test } from "bun:test";
import { FeedTold } from "../../src/proto/feed.ts";
import { terminalSocketPath, TerminalTold } from "../../src/proto/terminal-view.ts";
import { failureOf } from "../doubles/failure.ts";
import { lookOn } from "../doubles/onlooker.ts";
import { listening, token } from "../doubles/scribe.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

function open(needed_for?: "everything") {
  const on = listening(needed_for && { auth: { needed_for } });
  endings.push(on.stop);
  /** A viewer with these headers, who wants to take the keys; tells what came of it. */
  const taking = async (headers: Record<string, string> = {}) => {
    on.asked.length = 0;
    const viewer = await lookOn(on.url, terminalSocketPath("a"), TerminalTold, headers);
    viewer.say({ type: "take" });
    viewer.say({ type: "type", keys: "D" });
    // Answered in order: what is nonsense ends it.
    viewer.say("done");
    await viewer.closed;
    const [reason] = viewer.heard.flatMap((told) => (told.type === "given" ? [told.reason] : []));
    return reason ?? on.asked.map(([, what]) => what);
  };
  return { ...on, taking };
}
const bearer = { authorization: `Bearer ${token.secret}` };
const may = ["take a", "type a"];

describe("the keys of a bot", () => {
  test("are for those with the token and for our page; everybody else only looks, and is told why", async () => {
    const { taking, url, asked } = open();
    expect(await taking(bearer)).toEqual(may);
    expect(await taking({ origin: url })).toEqual(may);
    expect(await taking({ origin: url, "sec-fetch-site": "same-origin" })).toEqual(may);
    expect(await taking()).toContain(`This needs the manager's token, the line in "${token.file}"`);
    expect(await taking({ "x-bbsbot-token": "0".repeat(64) })).toContain("That is not this manager's token");
    expect(await taking({ origin: url, "sec-fetch-site": "cross-site" })).toContain("the manager's token");
    expect(asked).toEqual([]);
  });

  test("are not for pages of other sites, who do not even see the bot", async () => {
    const { url } = open();
    for (const headers of [{ origin: "http://evil.example" }, { origin: "null", ...bearer }])
      expect(await failureOf(lookOn(url, terminalSocketPath("a"), TerminalTold, headers))).toContain(
        "Not let in",
      );
  });

  test("are for nobody without the token where everything needs it; with a cookie alone one only looks", async () => {
    const { taking, url } = open("everything");
    for (const path of [terminalSocketPath("a"), "/ws/events"]) {
      expect((await fetch(url + path)).status).toBe(401);
      expect(await failureOf(lookOn(url, path, FeedTold))).toContain("Not let in");
    }
    expect((await fetch(url + terminalSocketPath("nobody"))).status).toBe(401);
    expect(await taking(bearer)).toEqual(may);
    const entered = await fetch(`${url}/?token=${token.secret}`, { redirect: "manual" });
    const cookie = entered.headers.get("set-cookie")!.split(";")[0]!;
    expect(await taking({ cookie, origin: url })).toEqual(may);
    expect(await taking({ cookie })).toContain("the manager's token");
  });
});
