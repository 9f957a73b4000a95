/** Whatever a game, a config or another's words say: no verb lets it steer a terminal. */
import { expect, test } from "bun:test";
import { operations, type OperationName } from "../../../src/proto/operations.ts";
import { refusalCodes } from "../../../src/proto/refusal.ts";
import { replies } from "../../doubles/scribe.ts";
import { typed } from "../../doubles/console.ts";

const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
const escapes =
  "\u001b[2J\u001b]52;c;aGk=\u0007\u001b]8;;http://x\u001b\\y\u001bP1$r\u001b\\\u001b_G\u001b\\\u009b31m\u202e\u2066\b\r\u000e";

/** Words that only these have are checked by their schemas before anybody prints them. */
const checkedKeys = new Set(["bot_id", "bot_ids", "state", "by_state", "order", "status", "product", "side"]);

/** An answer in which every text that may come from elsewhere is hostile. */
function hostile(value: unknown, key = ""): unknown {
  if (checkedKeys.has(key) || Object.hasOwn(refusalCodes, String(value))) return value;
  if (typeof value === "string") return escapes + bytes;
  if (Array.isArray(value))
    return value.map((one) => (typeof one === "string" && key === "bots" ? one : hostile(one, key)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hostile(inner, name)]));
}

const swarm = Object.fromEntries(
  (Object.keys(operations) as OperationName[]).map((name) => [
    name,
    async () => ({
      ...(hostile(replies[name]) as object),
      ...(name === "sector" && { danger: { kind: escapes + bytes, mode: escapes, count: 1, at: 1 } }),
      ...(name === "botEvents" && { events: [{ type: escapes, at: 1, text: escapes + bytes }] }),
      ...(name === "listBots" && { next_cursor: undefined }),
      ...(name === "swarmStatus" && { degraded: escapes + bytes }),
    }),
  ]),
) as never;

const lines =
  "status|status a|ls|ls --wide|describe a|pause all|kill a --yes|set-goal a x|restart a --yes|kill-all --yes|clear|sector 1|routes|path 1 2|scale 2 --yes|spawn|spawn-swarm --count 2 --no-wait".split(
    "|",
  );

test.each(lines)("%s", async (line) => {
  for (const how of ["", " --json"]) {
    for (const tty of [undefined, 80]) {
      const { out, err } = await typed(line + how, {
        ...(tty && { tty }),
        doors: { swarm: async () => swarm },
      });
      // oxlint-disable-next-line no-control-regex
      expect(out + err).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/,
      );
      expect((out + err).length).toBeGreaterThan(0);
    }
  }
});
