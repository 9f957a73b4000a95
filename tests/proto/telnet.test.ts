import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { answersMax, DO, DONT, IAC, WILL, WONT } from "../../src/proto/negotiation.ts";
import {
  BINARY,
  createTelnet,
  doubleIac,
  ECHO,
  NAWS,
  SB,
  SE,
  SGA,
  subnegotiationMaxBytes,
  type Telnet,
  type TelnetEvent,
  type TelnetOptions,
  TTYPE,
} from "../../src/proto/telnet.ts";
import { everyWay, seeded, whole } from "../cuts.ts";

const client: TelnetOptions = { end: "client" };
const server: TelnetOptions = { end: "server" };
/** Rows of bytes as one. */
const bytesIn = (...rows: readonly (readonly number[])[]): number[] => rows.flat();
const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

/** What comes of the pieces: data and replies as bytes in one row, events without the plain commands. */
function read(options: TelnetOptions, pieces: readonly Uint8Array[]) {
  const data: number[] = [];
  const replies: number[] = [];
  const events: TelnetEvent[] = [];
  const telnet = createTelnet(options, {
    data: (bytes) => data.push(...bytes),
    reply: (bytes) => replies.push(...bytes),
    event: (event) => events.push(event),
  });
  for (const piece of pieces) telnet.feed(piece);
  return { data, replies, events, telnet };
}

const turned = ({ events }: { events: TelnetEvent[] }) => events.filter(({ type }) => type !== "command");

describe("the client", () => {
  // Recordings 01 and 02: the whole opening of TWGS, before its first text.
  const opening = [
    [0, IAC, DO, 246],
    [IAC, WILL, BINARY, IAC, DO, BINARY, IAC, WILL, ECHO, IAC, WILL, SGA, IAC, WONT, 5],
    [IAC, DONT, TTYPE, IAC, DONT, NAWS, IAC, DONT, 32, IAC, DONT, 33, IAC, DONT, 34],
    [IAC, WONT, 39, IAC, DONT, 39, IAC, WONT, 36, IAC, DONT, 36],
  ].flat();

  test("answers TWGS, first of all its DO 246, and refuses nothing twice", () => {
    for (const { pieces } of everyWay(Uint8Array.from(opening))) {
      const { data, replies } = read(client, pieces);
      expect(data).toEqual([0]);
      expect(replies).toEqual(
        bytesIn([IAC, WONT, 246], [IAC, DO, BINARY, IAC, WILL, BINARY, IAC, DO, ECHO, IAC, DO, SGA]),
      );
    }
  });

  test("tells its window and its terminal when asked", () => {
    const asked = Uint8Array.of(IAC, DO, NAWS, IAC, DO, TTYPE, IAC, SB, TTYPE, 1, IAC, SE);
    const { replies } = read(client, whole(asked));
    expect(replies).toEqual(
      bytesIn(
        [IAC, WILL, NAWS, IAC, SB, NAWS, 0, 80, 0, 25, IAC, SE],
        [IAC, WILL, TTYPE, IAC, SB, TTYPE, 0, ...ascii("ANSI"), IAC, SE],
      ),
    );
  });

  test("doubles FF in the size of an odd window", () => {
    const { replies } = read({ end: "client", window: { columns: 255, rows: 511 } }, [
      Uint8Array.of(IAC, DO, NAWS),
    ]);
    expect(replies.slice(3)).toEqual([IAC, SB, NAWS, 0, IAC, IAC, 1, IAC, IAC, IAC, SE]);
  });

  test("does not tell its terminal before it has agreed to", () => {
    expect(read(client, [Uint8Array.of(IAC, SB, TTYPE, 1, IAC, SE)]).replies).toEqual([]);
  });

  test("never echoes", () => {
    expect(read(client, [Uint8Array.of(IAC, DO, ECHO)]).replies).toEqual([IAC, WONT, ECHO]);
  });
});

describe("the server", () => {
  test("learns window and terminal from a client that offers them", () => {
    const offered = Uint8Array.from(
      bytesIn(
        [IAC, WILL, NAWS, IAC, SB, NAWS, 0, 132, 1, 0, IAC, SE],
        [IAC, WILL, TTYPE, IAC, SB, TTYPE, 0, ...ascii("xterm"), IAC, SE],
      ),
    );
    for (const { pieces } of everyWay(offered)) {
      const told = read(server, pieces);
      expect(turned(told)).toEqual([
        { type: "option", side: "them", option: NAWS, on: true },
        { type: "window", columns: 132, rows: 256 },
        { type: "option", side: "them", option: TTYPE, on: true },
        { type: "terminal", name: "xterm" },
      ]);
      expect(told.replies).toEqual([IAC, DO, NAWS, IAC, DO, TTYPE, IAC, SB, TTYPE, 1, IAC, SE]);
    }
  });

  test("does not answer the answers to an opening that was written by hand", () => {
    const { telnet, replies, events } = read(server, []);
    telnet.wrote(
      Uint8Array.of(0, IAC, DO, 246, IAC, WILL, ECHO, IAC, WILL, SGA, IAC, DO, BINARY, IAC, DONT, TTYPE),
    );
    telnet.feed(
      Uint8Array.of(IAC, WONT, 246, IAC, DO, ECHO, IAC, DONT, SGA, IAC, WILL, BINARY, IAC, WONT, TTYPE),
    );
    expect(replies).toEqual([]);
    expect([telnet.isOn("us", ECHO), telnet.isOn("us", SGA), telnet.isOn("them", BINARY)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(events.filter(({ type }) => type === "command")).toHaveLength(5);
  });

  test("hears a refusal as a command, which is how TWGS knows telnet from a bare socket", () => {
    const { events } = read(server, [Uint8Array.of(IAC, WONT, 246)]);
    expect(events).toEqual([{ type: "command", command: WONT, option: 246 }]);
  });

  test("agrees only to what it was told to agree to", () => {
    const { replies } = read({ end: "server", agree: { us: [], them: [] } }, [
      Uint8Array.of(IAC, WILL, NAWS, IAC, DO, SGA),
    ]);
    expect(replies).toEqual([IAC, DONT, NAWS, IAC, WONT, SGA]);
  });
});

describe("data", () => {
  test("without telnet in it is handed on as the very array that came", () => {
    const bytes = Uint8Array.from(ascii("Command [TL=00:00:00]:[1] (?=Help)? : "));
    const seen: Uint8Array[] = [];
    createTelnet(client, { data: (data) => seen.push(data), reply() {} }).feed(bytes);
    expect(seen[0]).toBe(bytes);
  });

  test("comes through whole between commands, FF by FF, wherever it is cut", () => {
    const bytes = Uint8Array.from(
      bytesIn(
        [65, IAC, IAC, 66, IAC, 241, 67, IAC, IAC, IAC, IAC, IAC, WILL, ECHO, 68],
        [IAC, SB, 99, 1, IAC, IAC, 2, IAC, SE, 69, IAC, SE, 70, IAC, DO, IAC, 71],
      ),
    );
    for (const { how, pieces } of everyWay(bytes)) {
      expect({ how, data: read(client, pieces).data }).toEqual({
        how,
        data: [65, IAC, 66, 67, IAC, IAC, 68, 69, 70, 71],
      });
    }
  });

  test("written out has each FF doubled and is otherwise the same array", () => {
    const plain = Uint8Array.of(1, 2, 3);
    expect(doubleIac(plain)).toBe(plain);
    expect([...doubleIac(Uint8Array.of(IAC, 1, IAC, IAC))]).toEqual([IAC, IAC, 1, IAC, IAC, IAC, IAC]);
  });

  test("of any kind survives the way from one end to the other", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, seed) => {
        for (const { pieces } of everyWay(doubleIac(bytes), seed))
          expect(read(client, pieces).data).toEqual([...bytes]);
      }),
      { numRuns: 100, seed: 854 },
    );
  });
});

describe("a subnegotiation", () => {
  test("without an end is dropped at its limit, and what follows is data again", () => {
    const endless = [
      IAC,
      SB,
      TTYPE,
      ...Array.from({ length: subnegotiationMaxBytes }, () => 65),
      ...ascii("seen"),
    ];
    for (const { pieces } of everyWay(Uint8Array.from(endless))) {
      expect(String.fromCharCode(...read(client, pieces).data)).toBe("seen");
    }
  });

  test("that breaks off with another command is dropped and the command obeyed", () => {
    const bytes = Uint8Array.of(IAC, DO, TTYPE, IAC, SB, TTYPE, 1, IAC, WILL, ECHO, 65);
    const { data, replies } = read(client, [bytes]);
    expect(data).toEqual([65]);
    expect(replies).toEqual([IAC, WILL, TTYPE, IAC, DO, ECHO]);
  });

  test("of a wrong length or kind changes nothing", () => {
    const odd = [
      [IAC, SB, IAC, SE],
      [IAC, SB, NAWS, 1, IAC, SE],
      [IAC, SB, NAWS, 1, 2, 3, 4, 5, IAC, SE],
      [IAC, SB, TTYPE, 7, IAC, SE],
      [IAC, SB, 200, 1, 2, 3, IAC, SE],
    ].flat();
    const { data, events } = read(server, [Uint8Array.from([IAC, WILL, NAWS, IAC, WILL, TTYPE, ...odd])]);
    expect(data).toEqual([]);
    expect(turned({ events }).map(({ type }) => type)).toEqual(["option", "option"]);
  });

  test("gives a terminal a name of at most forty plain letters", () => {
    const name = [0x1b, 0x07, ...ascii("a b"), ...Array.from({ length: 500 }, () => 0x43)];
    const { events } = read(server, [
      Uint8Array.from([IAC, WILL, TTYPE, IAC, SB, TTYPE, 0, ...name, IAC, SE]),
    ]);
    expect(events.find(({ type }) => type === "terminal")).toEqual({
      type: "terminal",
      name: `ab${"C".repeat(35)}`,
    });
  });
});

/** Negotiations in a stream of replies: what must never outnumber the requests. */
const verbsIn = (replies: readonly number[]): number => {
  let verbs = 0;
  for (let i = 0; i + 1 < replies.length; i++)
    if (replies[i] === IAC && replies[i + 1]! >= WILL && replies[i + 1]! < IAC) verbs++;
  return verbs;
};

describe("negotiation", () => {
  test("of an option that is already so is not answered", () => {
    const { replies } = read(client, [
      Uint8Array.of(IAC, WILL, ECHO, IAC, WILL, ECHO, IAC, WONT, SGA, IAC, DONT, 99),
    ]);
    expect(replies).toEqual([IAC, DO, ECHO]);
  });

  test("keeps a change of mind until the answer to the first wish is there", () => {
    const { telnet, replies } = read(client, []);
    const hear = (...bytes: number[]): void => telnet.feed(Uint8Array.of(IAC, ...bytes, ECHO));
    telnet.ask("them", ECHO, true);
    telnet.ask("them", ECHO, false);
    hear(WILL);
    expect(replies).toEqual([IAC, DO, ECHO, IAC, DONT, ECHO]);
    telnet.ask("them", ECHO, true);
    hear(WONT);
    expect(replies.slice(6)).toEqual([IAC, DO, ECHO]);
    hear(WILL);
    expect(telnet.isOn("them", ECHO)).toBe(true);
    telnet.ask("them", ECHO, false);
    telnet.ask("them", ECHO, false);
    hear(WONT);
    expect(replies.slice(9)).toEqual([IAC, DONT, ECHO]);
    expect(telnet.isOn("them", ECHO)).toBe(false);
  });

  test("back and forth without end is answered once each, and after so many not at all", () => {
    const loop = [IAC, DO, NAWS, IAC, DONT, NAWS, IAC, WILL, ECHO, IAC, WONT, ECHO, IAC, DO, 246];
    for (const rounds of [10, 100_000]) {
      const flood = Uint8Array.from({ length: rounds * loop.length }, (_, at) => loop[at % loop.length]!);
      const { replies } = read(client, [flood]);
      expect(verbsIn(replies)).toBe(Math.min(rounds * 5, answersMax));
    }
  });

  test("of the terminal's name without end stops too", () => {
    const once = [IAC, SB, TTYPE, 1, IAC, SE];
    const flood = Uint8Array.from([IAC, DO, TTYPE, ...Array.from({ length: 5_000 }, () => once).flat()]);
    expect(read(client, [flood]).replies.length).toBeLessThan(answersMax * 11);
  });

  test("with random bytes never gives more answers than there were requests, nor depends on the cuts", () => {
    const chance = seeded(855);
    const likely = [IAC, IAC, WILL, WONT, DO, DONT, SB, SE, ECHO, SGA, NAWS, TTYPE, BINARY, 1, 65];
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from({ length: 200 }, () => likely[Math.floor(chance() * likely.length)]!);
      for (const options of [client, server]) {
        const [asWhole, ...others] = everyWay(bytes, round).map(({ pieces }) => read(options, pieces));
        const requests = asWhole!.events.filter(({ type }) => type === "command").length;
        expect(verbsIn(asWhole!.replies)).toBeLessThanOrEqual(requests);
        for (const other of others) {
          expect(other.data).toEqual(asWhole!.data);
          expect(other.replies).toEqual(asWhole!.replies);
        }
      }
    }
  });

  test("between two ends that change their minds as they like comes to rest, and both know the same", () => {
    const wish = fc.record({
      who: fc.constantFrom("client", "server"),
      side: fc.constantFrom("us", "them"),
      option: fc.constantFrom(ECHO, SGA, 99),
      on: fc.boolean(),
      carry: fc.nat({ max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 30 }), (wishes) => {
        const pair = connected();
        for (const { who, side, option, on, carry } of wishes) {
          pair[who as "client" | "server"].ask(side as "us" | "them", option, on);
          for (let i = 0; i < carry; i++) pair.carryOne();
        }
        let carried = 0;
        while (pair.carryOne()) expect(++carried).toBeLessThan(500);
        for (const option of [ECHO, SGA, 99]) {
          expect(pair.client.isOn("us", option)).toBe(pair.server.isOn("them", option));
          expect(pair.client.isOn("them", option)).toBe(pair.server.isOn("us", option));
        }
      }),
      { numRuns: 300, seed: 1143 },
    );
  });
});

/** A client and a server with a wire between them on which each message waits until it is carried. */
function connected(): { client: Telnet; server: Telnet; carryOne: () => boolean } {
  const wire: { to: "client" | "server"; bytes: Uint8Array }[] = [];
  const ends = {
    client: createTelnet(client, { data() {}, reply: (bytes) => wire.push({ to: "server", bytes }) }),
    server: createTelnet(server, { data() {}, reply: (bytes) => wire.push({ to: "client", bytes }) }),
  };
  const carryOne = (): boolean => {
    const message = wire.shift();
    if (message) ends[message.to].feed(message.bytes);
    return message !== undefined;
  };
  return { ...ends, carryOne };
}
