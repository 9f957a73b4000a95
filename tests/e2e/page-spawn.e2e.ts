/** Bots that the page itself starts: its form before a real manager and two games, the map of each, and the last screen of one that has ended. */
import { afterAll, beforeAll, expect } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { BotStatus, SwarmStatus } from "../../src/proto/status.ts";
import { graveFindings } from "./axe.ts";
import { hasBrowser, inBrowser, openBrowser, view } from "./browser.ts";
import { getJson, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

/** Longest wait for bots to play or to be gone on a machine that is busy, in milliseconds. */
const playMaxMs = 60_000;
const testMaxMs = 120_000;

const { folder, remove } = scratch();
let browser: Browser;
let hosts: Running[] = [];
let manager: Running;
let url = "";

const startHost = (seed: number) =>
  start([
    ...words(`host --json --port 0 --seed ${seed} --sectors 200 --db`),
    join(folder, `host-${seed}.db`),
  ]);
/** No worker is started again, so that how one ended stays to be seen. */
function startManager(port: number): Promise<Running> {
  const config = join(folder, "manager.yaml");
  writeFileSync(config, "manager:\n  restart:\n    policy: never\n");
  return start([
    ...words(`manager --json --port ${port} --no-dashboard-port --max-bots 9 --config`),
    config,
    "--state-file",
    join(folder, "swarm.db"),
  ]);
}

beforeAll(async () => {
  if (!hasBrowser) return;
  [browser, hosts, manager] = await Promise.all([
    openBrowser(),
    Promise.all([startHost(21), startHost(22)]),
    startManager(0),
  ]);
  url = String(manager.first["url"]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await manager?.stop();
  for (const host of hosts) await host.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
}, 60_000);

const portOf = (host: number) => String(hosts[host]!.first["port"]);
const placeOf = (host: number) => `127.0.0.1:${portOf(host)}/A`;
const status = async () => (await getJson(`${url}/swarm/status`)) as unknown as SwarmStatus;
const bot = async (id: string) => (await getJson(`${url}/bot/${id}/status`)) as unknown as BotStatus;
const command = (...argv: string[]) => run([...argv, "--url", url]);

async function openForm() {
  const viewed = await view(browser, `${url}/`);
  await viewed.page.getByRole("button", { name: "Spawn bots…" }).first().click();
  const form = viewed.page.getByRole("dialog", { name: "Spawn bots" });
  return { ...viewed, form, spawn: () => form.getByRole("button", { name: "Spawn", exact: true }).click() };
}

async function seeAllPlay(page: Page, count: number): Promise<void> {
  const risen = page.getByRole("dialog", { name: "Bots on their way" });
  await risen.getByText("All of them play").waitFor({ timeout: playMaxMs });
  for (const step of ["spawned", "registered", "playing"])
    expect(await risen.getByText(step).innerText()).toContain(`${count} of ${count}`);
}

inBrowser(
  "two bots by fields: what is wrong stands at its field, and their progress ends with all at play",
  async () => {
    const { page, form, spawn, complaints, close } = await openForm();
    await form.getByLabel("Game host").fill("127.0.0.1");
    await form.getByLabel("Port").fill("70000");
    await form.getByLabel("How many").fill("2");
    await spawn();
    await until(
      "it is complained of",
      async () => await form.getByLabel("Port").getAttribute("aria-describedby"),
    );
    expect(await form.getByLabel("Port").getAttribute("aria-invalid")).toBe("true");
    expect(await form.getByLabel("How many").getAttribute("aria-invalid")).toBe("false");
    expect((await status()).total_bots).toBe(0);
    await form.getByLabel("Port").fill(portOf(0));
    await spawn();
    await seeAllPlay(page, 2);
    const { bots } = await status();
    expect(bots.map(({ state, place }) => [state, place])).toEqual([
      ["RUNNING", placeOf(0)],
      ["RUNNING", placeOf(0)],
    ]);
    expect(complaints).toEqual([]);
    await close();
  },
  testMaxMs,
);

inBrowser(
  "a bot by YAML text: what is wrong with it is told with line and column, without its secrets, and mended it plays",
  async () => {
    const { page, form, spawn, complaints, close } = await openForm();
    await form.getByLabel("YAML text").check();
    const text = form.getByLabel("Configuration", { exact: true }).and(form.getByRole("textbox"));
    const connection = `connection:\n  host: 127.0.0.1\n  port: ${portOf(1)}\n`;
    const wrong = `${connection}  game_password_file: /etc/hostname\ncharacter:\n  passwort: hunter2\n  ship_name: ""\n`;
    await text.fill(wrong);
    await spawn();
    await form.getByText('Line 6, column 3: unknown key "passwort"').waitFor();
    const told = await form.innerText();
    expect(told).toContain('Line 7, column 14: "character.ship_name" is ""');
    expect(told).not.toContain("hunter2");
    expect(await text.getAttribute("aria-invalid")).toBe("true");
    expect(await graveFindings(page)).toEqual([]);
    await text.fill(`${connection}  game_password_file: /etc/hostname\n`);
    await spawn();
    await form.getByText("Line 4, column 23").filter({ hasText: "names a file" }).waitFor();
    expect((await status()).total_bots).toBe(2);
    await text.fill(`# Mended\n${connection}labels: {team: text}\n`);
    await spawn();
    await seeAllPlay(page, 1);
    expect(await bot("bot_002")).toMatchObject({ labels: { team: "text" }, place: placeOf(1) });
    // What the browser says of an answer that is a refusal.
    expect(complaints.filter((one) => !one.includes("status of 400"))).toEqual([]);
    await close();
  },
  testMaxMs,
);

inBrowser(
  "each game has its map: it can be chosen, its link brings it back, and a bot leads to its own",
  async () => {
    const worker = join(folder, "by-hand.yaml");
    writeFileSync(worker, `connection: {host: 127.0.0.1, port: ${portOf(1)}}\n`);
    const hand = run([
      ...words(`worker --bot-id by_hand --manager ${url} --config`),
      worker,
      "--state-dir",
      join(folder, "hand"),
    ]);
    await until("the one by hand plays", async () => (await bot("by_hand")).state === "RUNNING", playMaxMs);
    expect((await bot("by_hand")).place).toBe(placeOf(1));

    const { page, complaints, close } = await view(browser, `${url}/map?sector=1`);
    // Two by fields play one; one by text and one by hand the other.
    const shown = (place: string) => page.getByText(`ports, at ${place}: 2 bots`);
    const game = page.getByLabel("Game");
    await game.waitFor();
    const places = await game.getByRole("option").allInnerTexts();
    expect(places.toSorted()).toEqual([placeOf(0), placeOf(1)].toSorted());
    for (const place of [placeOf(1), placeOf(0)]) {
      await game.selectOption(place);
      await shown(place).waitFor();
      expect([...new URL(page.url()).searchParams]).toEqual([["place", place]]);
    }
    await page.reload();
    await shown(placeOf(0)).waitFor();
    await page.goto(`${url}/bots/bot_002`);
    await page.getByRole("link", { name: "on the map" }).click();
    await shown(placeOf(1)).waitFor();
    expect(await game.inputValue()).toBe(placeOf(1));
    expect(complaints).toEqual([]);
    await close();
    expect((await command("kill", "by_hand", "--yes")).code).toBe(0);
    await hand;
  },
  testMaxMs,
);

inBrowser(
  "a page that is left while its terminal waits to be drawn draws nothing more",
  async () => {
    const { page, complaints, close } = await view(browser, `${url}/bots/bot_002`);
    await page.locator(".terminal").getByText("The bot has the keys").waitFor();
    const words: string[] = [];
    page.on("websocket", (socket) => {
      if (socket.url().includes("/terminal")) socket.on("framereceived", () => words.push("shown"));
    });
    await page.reload();
    await page.getByRole("link", { name: "on the map" }).waitFor();
    // No picture is made until this says so: whoever waits for one is kept waiting.
    await page.evaluate(() => {
      const held = new Map<number, FrameRequestCallback>();
      let last = 1_000_000;
      Object.assign(globalThis, {
        held,
        requestAnimationFrame: (work: FrameRequestCallback) => (held.set(++last, work), last),
        cancelAnimationFrame: (id: number) => held.delete(id),
      });
    });
    const before = words.length;
    await until("its game has written more", () => words.length > before + 1);
    const drawn = await page.evaluate(async () => {
      const { held } = globalThis as unknown as { held: Map<number, FrameRequestCallback> };
      document.querySelector<HTMLElement>("a[href^='/map']")!.click();
      await new Promise((resolve) => setTimeout(resolve, 0));
      const waiting = [...held.values()];
      held.clear();
      for (const work of waiting) work(performance.now());
      return { waiting: waiting.length, isLeft: document.querySelector(".terminal") === null };
    });
    expect(drawn.waiting).toBeGreaterThan(0);
    expect(drawn.isLeft).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  },
  testMaxMs,
);

inBrowser(
  "a bot that ended unwatched shows its last screen, to the next manager's viewers too; one that was killed says that none is known",
  async () => {
    expect((await command("kill", "bot_000", "--yes")).code).toBe(0);
    process.kill((await bot("bot_001")).pid!, "SIGKILL");
    await until("it has logged off", async () => (await bot("bot_000")).pid === undefined, playMaxMs);
    await until(
      "the other is seen to be gone",
      async () => (await bot("bot_001")).state === "ERROR",
      playMaxMs,
    );
    const screen = await command("screen", "bot_000");
    expect(screen.code).toBe(0);
    expect(screen.stdout.trim()).not.toBe("");
    const port = Number(new URL(url).port);
    await manager.stop("SIGKILL");
    manager = await startManager(port);
    expect((await command("screen", "bot_000")).stdout).toBe(screen.stdout);

    const { page, complaints, close } = await view(browser, `${url}/bots/bot_000`);
    await page.getByText("this was its last screen").waitFor();
    await page.getByRole("button", { name: "Read screen" }).click();
    const [line] = screen.stdout.split("\n").filter((row) => row.trim() !== "");
    expect((await page.locator(".terminal").innerText()).replaceAll(/\s+/g, " ")).toContain(
      line!.trim().replaceAll(/\s+/g, " "),
    );
    await page.goto(`${url}/bots/bot_001`);
    await page.getByText("its last screen is not known").waitFor();
    expect(complaints).toEqual([]);
    await close();
  },
  testMaxMs,
);
