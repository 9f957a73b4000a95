/** A line to a manager that counts what comes over it: what a browser gets of the socket itself, before anything is unpacked. */
import { createServer, connect, type AddressInfo, type Socket } from "node:net";

export interface CountedLine {
  readonly port: number;
  /** Bytes that the manager has sent over it so far. */
  bytes(): number;
  /** From now on leads to this port of this machine. */
  leadTo(port: number): void;
  end(): Promise<void>;
}

/** A line on a port of its own, that leads nowhere yet. */
export async function openCountedLine(): Promise<CountedLine> {
  let bytes = 0;
  let target = 0;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      // Whoever hangs up hangs up both ways.
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    far.on("data", (chunk: Buffer) => (bytes += chunk.length));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    bytes: () => bytes,
    leadTo: (port) => void (target = port),
    async end() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
