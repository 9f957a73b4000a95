/** Viewers of /ws/swarm who count bytes and look at nothing, so that a thousand of them cost this machine little. */
import { createConnection, type Socket } from "node:net";

export interface Watching {
  /** Bytes that came to all of them since all were there, in how many seconds, and how many are still there. Hangs up. */
  end(): { bytes: number; seconds: number; open: number };
}

const upgrade = (host: string) =>
  `GET /ws/swarm HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  // As browsers ask.
  "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${btoa("0123456789abcdef")}\r\n\r\n`;

/** Answers when all are connected and have their first picture. */
export async function watch(url: string, viewers: number): Promise<Watching> {
  let bytes = 0;
  const one = () =>
    new Promise<Socket>((resolve, reject) => {
      const { hostname, port, host } = new URL(url);
      const socket = createConnection({ host: hostname, port: Number(port) });
      let upgraded = false;
      socket.on("connect", () => socket.write(upgrade(host)));
      socket.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (upgraded) return;
        upgraded = true;
        if (chunk.toString("latin1").startsWith("HTTP/1.1 101 ")) resolve(socket);
        else reject(new Error(`Expected an upgrade, found: ${chunk.toString("latin1").slice(0, 200)}`));
      });
      socket.on("error", reject);
    });
  const sockets: Socket[] = [];
  // Not all in one moment: a listener has a limit of those who wait at its door.
  while (sockets.length < viewers)
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, viewers - sockets.length) }, one))));
  bytes = 0;
  const began = performance.now();
  return {
    end() {
      const seconds = (performance.now() - began) / 1000;
      const open = sockets.filter((socket) => !socket.destroyed).length;
      for (const socket of sockets) socket.destroy();
      return { bytes, seconds, open };
    },
  };
}
