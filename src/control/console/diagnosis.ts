/** `bbsbot doctor`: what was found, for people and for programs. */
import { Llm } from "../../proto/llm-config.ts";
import { ManagerConfig } from "../../proto/manager-config.ts";
import { defaultManagerUrl } from "../../proto/manager-url.ts";
import { Refusal } from "../../proto/refusal.ts";
import { jsonLine, printable } from "../../proto/printable.ts";
import { palette } from "./colours.ts";
import type { DoctorAt, Doors, Finding, ManagerMeant } from "./doors.ts";
import { reach, type Common } from "./verb.ts";

/** Prints the findings; exit status 1 where one is bad. */
export async function diagnose(doors: Doors, flags: Common, config: string | undefined): Promise<number> {
  const meant = config === undefined ? {} : await meantBy(doors, config);
  const { at, paint, settings } = await settled(doors, {
    ...(meant.manager && urlOf(meant.manager)),
    ...flags,
  });
  const looked = await doors.doctor({ ...at, ...meant });
  const findings = [settings, ...looked];
  const width = Math.max(...findings.map(({ what }) => what.length));
  const marks = { good: paint.good("good"), poor: paint.warn("poor"), bad: paint.bad("bad ") };
  const line = ({ what, how, told }: Finding) =>
    `${marks[how]}  ${printable(what).padEnd(width)}  ${printable(told)}\n`;
  doors.console.out(flags.json ? `${jsonLine({ findings })}\n` : findings.map(line).join(""));
  return findings.some(({ how }) => how === "bad") ? 1 : 0;
}

/** What a configuration leads to: a bot's to its game server, a manager's to where and what it is to be, either to a model. Throws Refusal "bad_input". */
async function meantBy(doors: Doors, file: string): Promise<Pick<DoctorAt, "game" | "manager" | "llm">> {
  const { kind } = await doors.checkConfig(file, undefined);
  if (kind !== "manager") {
    const { connection, trading, llm } = await doors.readBotConfig(file);
    const { host, port } = connection;
    return { game: { host, port }, ...(trading.strategy === "ai" && { llm: llm ?? Llm.parse({}) }) };
  }
  const { value } = await doors.showConfig(file, kind, true);
  const { manager } = ManagerConfig.parse(value);
  return { manager, ...(manager.llm && { llm: manager.llm }) };
}

/** Where a manager of that configuration is asked on this machine. */
const urlOf = ({ host, port }: ManagerMeant) => ({
  url: `http://${/^(0\.0\.0\.0|::)$/.test(host) ? "localhost" : host}:${port}`,
});

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
