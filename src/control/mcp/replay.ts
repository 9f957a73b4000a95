/** What was last told in a session, so that a client whose stream broke takes it up where it was. */
import type { EventStore, JSONRPCMessage } from "@modelcontextprotocol/server";

/** Messages of one session that are kept, and their characters, at most. */
export const keptMax = 64;
export const keptMaxChars = 256 * 1024;

interface Kept {
  readonly number: number;
  readonly stream: string;
  readonly message: JSONRPCMessage | undefined;
  readonly chars: number;
}

/** Of one session: its numbers mean nothing in another. */
export function createReplay(): EventStore {
  const kept: Kept[] = [];
  let told = 0;
  let chars = 0;
  const find = (id: string) => kept.find(({ number }) => String(number) === id);
  return {
    storeEvent(stream, message) {
      told += 1;
      // The first word on a stream says nothing, and is only there to be named.
      const isEmpty = Object.keys(message).length === 0;
      const size = isEmpty ? 0 : JSON.stringify(message).length;
      kept.push({ number: told, stream, message: isEmpty ? undefined : message, chars: size });
      chars += size;
      while (kept.length > keptMax || chars > keptMaxChars) chars -= kept.shift()!.chars;
      return Promise.resolve(String(told));
    },
    getStreamIdForEventId: (id) => Promise.resolve(find(id)?.stream),
    async replayEventsAfter(id, { send }) {
      const last = find(id);
      if (!last) throw new Error("That is not kept any more");
      const missed = kept.filter(({ number, stream }) => number > last.number && stream === last.stream);
      for (const { number, message } of missed) if (message) await send(String(number), message);
      return last.stream;
    },
  };
}
