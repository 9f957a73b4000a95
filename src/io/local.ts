/** A door for this machine's own user: a Unix socket beside a file, one line in, one line out. */
import { createConnection } from "node:net";
import { Refusal } from "../proto/refusal.ts";
import { listenAt, type SocketFile } from "./socket-file.ts";

/** Longest question and answer. An answer holds at most a thousand pairs of ports. */
const questionMaxBytes = 64 * 1024;
const answerMaxBytes = 16 * 1024 * 1024;
/** Nobody takes longer to ask or to answer. */
const patienceMs = 10_000;

/** Who asks at one moment, at most. */
const askersMax = 100;

/**
 * Listens at a path that only its owner may use; whatever a process that was killed left there is taken away first.
 * Rejects with the system's error, as for a path that is too long for a socket, or a folder's.
 */
export const listenLocal = (path: string, answer: (line: string) => string): Promise<SocketFile> =>
  listenAt(path, askersMax, (socket) => {
    let text = "";
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    const read = (bytes: Uint8Array | string) => {
      text += String(bytes);
      const end = text.indexOf("\n");
      if (end < 0 && text.length <= questionMaxBytes) return;
      // Whatever else is said is not heard: a question is answered once.
      socket.off("data", read);
      if (end < 0 || end > questionMaxBytes) socket.destroy();
      else socket.end(`${answer(text.slice(0, end))}\n`);
    };
    socket.on("data", read);
  });

/** Asks one line; undefined when nobody listens there. Throws Refusal "unavailable" for an answer that does not come. */
export function askLocal(path: string, line: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = createConnection({ path });
    socket.setTimeout(patienceMs, () => socket.destroy(new Error("no answer")));
    socket.on("connect", () => void socket.write(`${line}\n`));
    socket.on("data", (bytes) => {
      text += String(bytes);
      if (text.length > answerMaxBytes) socket.destroy(new Error("the answer is too long"));
    });
    socket.on("error", (error: Error & { code?: string }) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") resolve(undefined);
      else reject(new Refusal("unavailable", `Cannot ask at "${path}": ${error.message}`));
    });
    socket.on("close", () => {
      const end = text.indexOf("\n");
      if (end >= 0) resolve(text.slice(0, end));
      else reject(new Refusal("unavailable", `Cannot ask at "${path}": no whole answer`));
    });
  });
}
