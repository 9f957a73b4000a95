/** The dashboard before a manager that is only pretended: what no game would show, and what nobody may do. */
import { afterAll, beforeAll, expect } from "bun:test";
import type { Browser } from "playwright-core";
import type { SwarmEvent } from "../../src/proto/events.ts";
import { createPretence, pretendedId } from "../doubles/pretence.ts";
import { openStage } from "../doubles/stage.ts";
import { everyByte, sequences } from "../doubles/hostile.ts";
import { hasBrowser, inBrowser, openBrowser, view } from "./browser.ts";

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser();
}, 30_000);
afterAll(() => browser?.close());

/** What each of them would do if it ran. */
const deed = "globalThis.ran=(globalThis.ran??0)+1";
const hostileTexts: readonly string[] = [
  ...[
    `<script>${deed}</script>`,
    `<img src=x onerror="${deed}">`,
    `<svg onload=${deed}>`,
    `<svg><script>${deed}</script></svg>`,
    `<iframe srcdoc="<script>parent.${deed}</script>">`,
    `<iframe src="javascript:${deed}">`,
    `<a href="javascript:${deed}">x</a>`,
    `<details open ontoggle=${deed}>`,
    `<body onload=${deed}>`,
    `<input autofocus onfocus=${deed}>`,
    `<video><source onerror=${deed}></video>`,
    `<style>@import 'javascript:${deed}'</style>`,
    `<link rel=stylesheet href="data:text/css,*{display:none}">`,
    `<meta http-equiv=refresh content="0;javascript:${deed}">`,
    `<base href="http://evil.test/">`,
    `<form action=javascript:${deed}><button>x`,
    `<object data="javascript:${deed}">`,
    `<math><mtext><img src=x onerror=${deed}>`,
    `<template><img src=x onerror=${deed}></template>`,
    `<marquee onstart=${deed}>x</marquee>`,
    `"><script>${deed}</script>`,
    `'"--></style></script><script>${deed}</script>`,
    `\`\${${deed}}\``,
    `{{constructor.constructor('${deed}')()}}`,
    `javascript:${deed}`,
    `data:text/html,<script>${deed}</script>`,
    `" onmouseover="${deed}" x="`,
    `' style='animation-name:x' onanimationstart='${deed}`,
    `</title><script>${deed}</script>`,
    `</textarea><script>${deed}</script>`,
    `<!--><script>${deed}</script>-->`,
    `<![CDATA[<script>${deed}</script>]]>`,
    `<noscript><p title="</noscript><img src=x onerror=${deed}>">`,
    `%3Cscript%3E${deed}%3C/script%3E`,
    `&lt;script&gt;${deed}&lt;/script&gt;`,
    `\\u003cscript\\u003e${deed}\\u003c/script\\u003e`,
    `__proto__`,
    `constructor`,
    `${"=".repeat(3)}cmd|' /C calc'!A0`,
  ].flatMap((text) => [text, text.toUpperCase().replaceAll("GLOBALTHIS.RAN", "globalThis.ran")]),
  ...sequences,
  everyByte,
  "\u202e<b>\u2066",
  "a".repeat(64),
  "𝕏".repeat(32),
  "é\u0301".repeat(20),
  "\ud800 half a sign",
  "null",
  "undefined",
  "NaN",
  "[object Object]",
  "-1",
];

inBrowser(
  "a hundred hostile names, ships, errors and notes are text on every page, and nothing of them runs",
  async () => {
    expect(hostileTexts.length).toBeGreaterThanOrEqual(100);
    const swarm = createPretence(hostileTexts.length, 1);
    for (const [number, text] of hostileTexts.entries()) {
      const bot = swarm.bot(pretendedId(number))!;
      const short = text.slice(0, 64);
      const state = number % 2 === 0 ? "ERROR" : "RUNNING";
      swarm.put({
        ...bot,
        state,
        trader: short,
        ship: short,
        strategy: short,
        goal: text.slice(0, 200),
        activity: text.slice(0, 200),
        error: text,
        config: text,
        labels: { team: text },
      });
    }
    const events = hostileTexts.map((text, number): SwarmEvent => ({
      type: "noted",
      bot: pretendedId(number),
      at: Date.now(),
      severity: "error",
      text,
    }));
    const stage = openStage({ swarm });
    const first = pretendedId(0);
    for (const path of ["/", `/bots/${first}`, `/bots/${first}?tab=events`, "/feed", "/map?sector=1"]) {
      const { page, complaints, close } = await view(browser, stage.url + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByText("live", { exact: true }).waitFor();
      events.forEach(stage.tell);
      stage.flush();
      // Each error is told of by a toast with a link to its bot: then all of it has arrived.
      await page.getByRole("status").getByRole("link", { name: /^bot_/ }).first().waitFor();
      const found = await page.evaluate(() => ({
        ran: (globalThis as { ran?: number }).ran ?? 0,
        strange: document.querySelectorAll(
          "iframe, object, embed, base, meta[http-equiv], body script, form[action], main style, main link, marquee, img, [onerror], [onload]",
        ).length,
        origin: location.origin,
      }));
      expect([path, found]).toEqual([path, { ran: 0, strange: 0, origin: stage.url }]);
      expect([path, complaints.filter((one) => !one.includes("terminal"))]).toEqual([path, []]);
      await close();
    }
    await stage.end();
  },
  60_000,
);

inBrowser(
  "a bot that is stuck or failed has one toast, which leads to it and tells the worst and the last of it",
  async () => {
    const stage = openStage({ swarm: createPretence(3, 1) });
    const { page, complaints, close } = await view(browser, stage.url);
    await page.getByText("live", { exact: true }).waitFor();
    const [bot, fence] = [pretendedId(0), pretendedId(2)];
    const toastOf = (id: string) => page.locator(".toast").filter({ hasText: id });
    /** What comes after has been heard when the last word has. */
    const hears = async (...events: SwarmEvent[]) => {
      const words = `fence ${++fences}`;
      events.forEach(stage.tell);
      stage.tell({ type: "noted", bot: fence, severity: "error", text: words, at: Date.now() });
      stage.flush();
      await toastOf(fence).getByText(words).waitFor();
      return toastOf(bot).allInnerTexts();
    };
    let fences = 0;
    const at = Date.now();
    const stuck = { type: "timedOut", bot, silence_seconds: 60, at } as const;
    const cutOff = { type: "cutOff", bot, reason: "no word", at } as const;
    const gaveUp = { type: "gaveUp", bot, reason: "crashed 5 times", at } as const;
    expect(await hears({ type: "noted", bot, severity: "warning", text: "the line is slow", at })).toEqual(
      [],
    );
    expect(await hears(stuck, stuck)).toEqual([expect.stringContaining("is stuck: not a word for 60 s")]);
    expect(await hears(cutOff)).toEqual([expect.stringContaining("was cut off: no word")]);
    expect(await hears(gaveUp, stuck)).toEqual([expect.stringContaining("is given up: crashed 5 times")]);
    await toastOf(bot).getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: bot }).waitFor();
    await toastOf(bot).getByRole("button", { name: "Dismiss" }).click();
    expect(await hears(gaveUp)).toEqual([]);
    expect(complaints.filter((one) => !one.includes("terminal"))).toEqual([]);
    await close();
    await stage.end();
  },
  60_000,
);

inBrowser(
  "where nobody may order anything, no page offers it",
  async () => {
    const stage = openStage({ swarm: createPretence(5, 1), readOnly: true });
    for (const path of ["/", "/bots/bot_000", "/map", "/feed"]) {
      const { page, close } = await view(browser, stage.url + path);
      await page.getByText("read only").waitFor();
      await page.getByText("live", { exact: true }).waitFor();
      await page.getByRole("heading", { level: 1 }).waitFor();
      if (path === "/") await page.getByRole("row").filter({ hasText: "bot_000" }).waitFor();
      const orders = page.getByRole("button", {
        name: /^(pause|resume|restart|start again|step|kill|set goal|spawn|take|send)/i,
        disabled: false,
      });
      expect([path, await orders.allInnerTexts()]).toEqual([path, []]);
      await close();
    }
    await stage.end();
  },
  60_000,
);
