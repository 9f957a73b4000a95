/** What stands between bots and host: it counts who calls and under which name, and fails when it is told to. */
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/** One connection of a bot. Times are milliseconds of `performance.now()`. */
export interface Call {
  readonly at: number;
  endedAt: number | undefined;
  /** The name that was typed at the host's door; undefined until then. */
  trader: string | undefined;
  /** The command prompt was shown: the game is being played. */
  home: boolean;
  /** Bytes that the bot has sent, and when the last of them came. */
  sent: number;
  lastSentAt: number;
}

export interface Proxy {
  readonly port: number;
  /** All connections there ever were, oldest first. */
  readonly calls: readonly Call[];
  open(): readonly Call[];
  /** Most connections that one trader had open at one moment. */
  mostAtOnce(): number;
  /** Connections of each trader, since the start. */
  perTrader(): ReadonlyMap<string, number>;
  /** Most connections that came within one second, of those after `since`. */
  peakRate(since: number): number;
  /** Cuts all lines and refuses new ones, as a host does that is down. */
  takeDown(): Promise<void>;
  bringBack(): Promise<void>;
  /** Keeps the lines and lets nothing through, in either direction. */
  swallow(): void;
  stop(): Promise<void>;
}

/** Enough of what is sent to find a name in, or a prompt. */
const tailMax = 4096;

/** Listens on a port of its own choosing, or on `port`, and passes everything on to `hostPort`; both on loopback. */
export async function startProxy(hostPort: number, port = 0): Promise<Proxy> {
  const calls: Call[] = [];
  const ends = new Map<Call, readonly [Socket, Socket]>();
  let most = 0;
  let swallowing = false;

  const take = (caller: Socket) => {
    const call: Call = {
      at: performance.now(),
      endedAt: undefined,
      trader: undefined,
      home: false,
      sent: 0,
      lastSentAt: 0,
    };
    calls.push(call);
    const host = createConnection({ port: hostPort, host: "127.0.0.1" });
    ends.set(call, [caller, host]);
    const named = readName((name) => {
      call.trader = name;
      const atOnce = [...ends.keys()].filter(({ trader }) => trader === name).length;
      most = Math.max(most, atOnce);
    });
    const shown = readPrompt(() => (call.home = true));
    passOn(caller, host, (bytes) => {
      call.sent += bytes.length;
      call.lastSentAt = performance.now();
      named(bytes);
    });
    passOn(host, caller, shown);
    caller.on("close", () => {
      call.endedAt = performance.now();
      ends.delete(call);
    });
    if (swallowing) for (const end of [caller, host]) end.pause();
  };

  const listener = createServer(take);
  const listen = (on: number) =>
    new Promise<void>((resolve, reject) => {
      listener.once("error", reject);
      listener.listen(on, "127.0.0.1", () => {
        listener.off("error", reject);
        resolve();
      });
    });
  const cut = () =>
    new Promise<void>((resolve) => {
      listener.close(() => resolve());
      for (const [caller, host] of ends.values()) {
        caller.resetAndDestroy();
        host.destroy();
      }
    });
  await listen(port);
  const own = (listener.address() as AddressInfo).port;
  return {
    port: own,
    calls,
    open: () => [...ends.keys()],
    mostAtOnce: () => most,
    perTrader: () => counted(calls),
    peakRate: (since) => peak(calls.flatMap(({ at }) => (at >= since ? [at] : []))),
    takeDown: cut,
    bringBack: () => listen(own),
    swallow() {
      swallowing = true;
      for (const pair of ends.values()) for (const end of pair) end.pause();
    },
    stop: cut,
  };
}

/** Bytes one way, with what `seen` makes of them; when one end goes, so does the other. */
function passOn(from: Socket, to: Socket, seen: (bytes: Buffer) => void): void {
  from.setNoDelay(true);
  from.on("data", (bytes: Buffer) => {
    seen(bytes);
    if (!to.write(bytes)) {
      from.pause();
      to.once("drain", () => from.resume());
    }
  });
  from.on("end", () => to.end());
  from.on("error", () => to.destroy());
  from.on("close", () => to.destroy());
}

/** The first line that is typed is the name. Telnet's own three-byte commands are no part of it. */
function readName(named: (name: string) => void): (bytes: Buffer) => void {
  let text: string | undefined = "";
  return (bytes) => {
    if (text === undefined) return;
    text = (text + bytes.toString("latin1")).slice(0, tailMax);
    const line = /^([^\r]*)\r/.exec(text.replaceAll(/\xff\xfa[^]*?\xff\xf0|\xff[\xfb-\xfe][^]|\xff[^]/g, ""));
    if (!line) return;
    text = undefined;
    named(line[1]!.trim());
  };
}

/** Told once, when the command prompt has been shown. */
function readPrompt(shown: () => void): (bytes: Buffer) => void {
  let tail: string | undefined = "";
  return (bytes) => {
    if (tail === undefined) return;
    tail = (tail + bytes.toString("latin1")).slice(-tailMax);
    // oxlint-disable-next-line no-control-regex
    if (!tail.replaceAll(/\x1b\[[0-9;]*[A-Za-z]/g, "").includes("Command [TL=")) return;
    tail = undefined;
    shown();
  };
}

function counted(calls: readonly Call[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { trader } of calls) if (trader !== undefined) counts.set(trader, (counts.get(trader) ?? 0) + 1);
  return counts;
}

/** Most of these moments, in order, that lie within one second. */
export function peak(moments: readonly number[], spanMs = 1000): number {
  let first = 0;
  return moments.reduce((most, at, index) => {
    while (at - moments[first]! >= spanMs) first++;
    return Math.max(most, index - first + 1);
  }, 0);
}
