/** A terminal of a given size with a shell in it, by tmux: keys go in, the screen is read. Each has a server of its own, on a socket of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./harness.ts";

export const tmuxMissing = Bun.which("tmux") === null;
/** For tests that are left out without it. */
export const whyNoTmux = tmuxMissing ? " (left out: no tmux on this machine)" : "";

export interface Terminal {
  /** Rows as they stand, blanks at their ends cut off. */
  screen(): Promise<string[]>;
  /** Types text as it is. */
  type(text: string): Promise<void>;
  /** Presses keys by tmux's names, such as "Enter", "C-c", "PageDown". */
  press(...keys: readonly string[]): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Waits until a text stands somewhere; answers with the screen. */
  shows(text: string | RegExp, maxMs?: number): Promise<string[]>;
  /** What tmux knows of the terminal, such as "#{alternate_on}" or "#{cursor_flag}". */
  ask(format: string): Promise<string>;
  end(): Promise<void>;
}

export async function terminal(
  columns: number,
  rows: number,
  env: Readonly<Record<string, string>>,
): Promise<Terminal> {
  const folder = mkdtempSync(join(tmpdir(), "bbsbot-tmux-"));
  const tmux = async (...argv: readonly string[]) => {
    const child = Bun.spawn(["tmux", "-S", join(folder, "socket"), "-f", "/dev/null", ...argv], {
      env: { ...env, TERM: "xterm-256color", LANG: "C.UTF-8" },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    const [out, err, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ]);
    if (code !== 0) throw new Error(`tmux ${argv.join(" ")}: ${err}`);
    return out;
  };
  const size = `-x ${columns} -y ${rows}`.split(" ");
  // Without these the last row would be tmux's own, and Esc a while on its way.
  const settings = "; set -g status off ; set -s escape-time 0".split(" ");
  await tmux("-u", "new-session", "-d", "-s", "t", ...size, "env", "PS1=$ ", "sh", ...settings);
  await tmux("resize-window", "-t", "t", ...size);
  const screen = async () => {
    const text = await tmux("capture-pane", "-p", "-t", "t");
    return text
      .replace(/\n$/, "")
      .split("\n")
      .map((row) => row.trimEnd());
  };
  let last: string[] = [];
  return {
    screen,
    type: async (text) => void (await tmux("send-keys", "-t", "t", "-l", text)),
    press: async (...keys) => void (await tmux("send-keys", "-t", "t", ...keys)),
    resize: async (x, y) => void (await tmux("resize-window", "-t", "t", "-x", String(x), "-y", String(y))),
    async shows(text, maxMs = 10_000) {
      const fits = (rows: readonly string[]) => {
        const all = rows.join("\n");
        return typeof text === "string" ? all.includes(text) : text.test(all);
      };
      try {
        return await until(
          `"${String(text)}" on the screen`,
          async () => {
            last = await screen();
            return fits(last) && last;
          },
          maxMs,
        );
      } catch (error) {
        throw new Error(`${(error as Error).message}\n${last.join("\n")}`, { cause: error });
      }
    },
    ask: async (format) => (await tmux("display-message", "-p", "-t", "t", format)).trim(),
    async end() {
      await tmux("kill-server").catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
