/** A Unix socket that only its owner may use, at a path of the file system. */
import { chmodSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";

export interface SocketFile {
  /** Hangs up on everybody and takes the path away. */
  stop(): Promise<void>;
}

/**
 * Listens at a path; whatever a process that was killed left there is taken away first. Beyond `callersMax` at one moment whoever
 * calls is hung up on. Rejects with the system's error, as for a path that is too long for a socket, or a folder's.
 */
export async function listenAt(
  path: string,
  callersMax: number,
  connected: (socket: Socket) => void,
): Promise<SocketFile> {
  rmSync(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    if (open.size >= callersMax) return void socket.destroy();
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    connected(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of open) socket.destroy();
        rmSync(path, { force: true });
      }),
  };
}
