/** One command of the built program in one of the ways people run it: in a pipe, at a terminal, with nobody reading. */
import { binary, until } from "./harness.ts";

/** A command that does not end by itself is interrupted when it has said something. */
export interface Way {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string | undefined;
  /** It stays: Ctrl-C once it has said this. */
  readonly stays?: RegExp | undefined;
  readonly size?: { readonly cols: number; readonly rows: number };
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** No command of these tests takes longer, and none is left behind. */
const maxMs = 20_000;

const environment = (way: Way) => ({ PATH: process.env["PATH"] ?? "", ...way.env });
/** Bytes that are no UTF-8 are told apart from text: they may be anything to a terminal. */
const decoded = (chunks: readonly Uint8Array[]) =>
  new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
const readable = (chunks: readonly Uint8Array[]) => Buffer.concat(chunks).toString();

/** Its output and its end, where stdout and stderr are pipes. */
export async function inPipe(argv: readonly string[], way: Way = {}): Promise<Ended> {
  const child = Bun.spawn([binary, ...argv], {
    env: environment(way),
    ...(way.cwd !== undefined && { cwd: way.cwd }),
    stdin: way.stdin === undefined ? "ignore" : Buffer.from(way.stdin),
    stdout: "pipe",
    stderr: "pipe",
    timeout: maxMs,
  });
  const [out, err]: [Uint8Array[], Uint8Array[]] = [[], []];
  const copy = async (from: ReadableStream<Uint8Array>, to: Uint8Array[]) => {
    for await (const bytes of from) to.push(bytes);
  };
  const copied = Promise.all([copy(child.stdout, out), copy(child.stderr, err)]);
  if (way.stays) {
    await spoken(child, way.stays, () => readable(out) + readable(err));
    child.kill("SIGINT");
  }
  const code = await child.exited;
  await copied;
  return { code, out: decoded(out), err: decoded(err) };
}

/** All that it showed a person, both streams in one, and its end. */
export async function atTerminal(argv: readonly string[], way: Way = {}): Promise<Ended> {
  const chunks: Uint8Array[] = [];
  const child = Bun.spawn([binary, ...argv], {
    env: { ...environment(way), TERM: "xterm-256color" },
    ...(way.cwd !== undefined && { cwd: way.cwd }),
    terminal: {
      ...(way.size ?? { cols: 120, rows: 30 }),
      data: (_terminal, bytes) => void chunks.push(bytes.slice()),
    },
    timeout: maxMs,
  });
  if (way.stays) {
    await spoken(child, way.stays, () => readable(chunks));
    child.terminal!.write("\u0003");
  }
  const code = await child.exited;
  // What was written last is read after the end is told.
  let seen = -1;
  while (seen !== chunks.length) {
    seen = chunks.length;
    await Bun.sleep(20);
  }
  child.terminal!.close();
  // Ctrl-C makes a terminal throw away what it has not shown, in the middle of a letter, too.
  const out = way.stays ? readable(chunks) : decoded(chunks);
  return { code, out: out.replaceAll("\r\n", "\n"), err: "" };
}

/** Its end and what it complained of, where whoever read its output has gone before it says a word. */
export async function unread(
  argv: readonly string[],
  way: Way & { readonly nudge?: (() => Promise<unknown>) | undefined } = {},
): Promise<Ended> {
  // A shell between would keep what it started when it is ended itself.
  const limit = `timeout -k 1 ${maxMs / 1000}`;
  const words = ["sh", "-c", 'exec "$@" | :', "sh", "sh", "-c", `${limit} "$@"; echo "status $?" >&2`, "sh"];
  const child = Bun.spawn([...words, binary, ...argv], {
    env: environment(way),
    ...(way.cwd !== undefined && { cwd: way.cwd }),
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  let isOver = false;
  void child.exited.then(() => (isOver = true));
  const nudging = (async () => {
    while (way.nudge && !isOver) {
      await way.nudge();
      await Bun.sleep(200);
    }
  })();
  const told = await new Response(child.stderr).text();
  await Promise.all([child.exited, nudging]);
  const [, err = told, code = "-1"] = /^([^]*)status (\d+)\n$/.exec(told) ?? [];
  return { code: Number(code), out: "", err };
}

async function spoken(
  child: { readonly exited: Promise<number> },
  what: RegExp,
  told: () => string,
): Promise<void> {
  let isOver = false;
  void child.exited.then(() => (isOver = true));
  await until(`${what} in ${told()}`, () => isOver || what.test(told()), maxMs - 2000);
}
