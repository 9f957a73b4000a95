/** `bbsbot doctor`: what was found, for people and for programs. */
import { defaultManagerUrl } from "../../proto/manager-url.ts";
import { Refusal } from "../../proto/refusal.ts";
import { palette } from "./colours.ts";
import type { Doors, Finding } from "./doors.ts";
import { jsonLine } from "./outlet.ts";
import { printable } from "./terminal.ts";
import { reach, type Common } from "./verb.ts";

/** Prints the findings; exit status 1 where one is bad. */
export async function diagnose(doors: Doors, flags: Common, config: string | undefined): Promise<number> {
  const game = config === undefined ? undefined : (await doors.readBotConfig(config)).connection;
  const { at, paint, settings } = await settled(doors, flags);
  const looked = await doors.doctor({ ...at, ...(game && { game: { host: game.host, port: game.port } }) });
  const findings = [settings, ...looked];
  const width = Math.max(...findings.map(({ what }) => what.length));
  const marks = { good: paint.good("good"), poor: paint.poor("poor"), bad: paint.bad("bad ") };
  const line = ({ what, how, told }: Finding) =>
    `${marks[how]}  ${printable(what).padEnd(width)}  ${printable(told)}\n`;
  doors.console.out(flags.json ? `${jsonLine({ findings })}\n` : findings.map(line).join(""));
  return findings.some(({ how }) => how === "bad") ? 1 : 0;
}

/** Which manager is meant. Settings that are wrong are a finding here, and keep nobody from looking further. */
async function settled(doors: Doors, flags: Common) {
  const { file, found } = await doors.settingsFile();
  const what = "settings";
  try {
    const { at, paint } = await reach(doors, flags);
    const told = `${found ? `"${file}"` : `none in "${file}", which is fine`}; the manager is ${at.url}`;
    return { at, paint, settings: { what, how: "good", told } satisfies Finding };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const at = { url: flags.url || defaultManagerUrl, tokenFile: flags.tokenFile };
    const settings = { what, how: "bad", told: error.message } satisfies Finding;
    return { at, paint: palette(doors.console.colour), settings };
  }
}
