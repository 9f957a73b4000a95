/** A WebSocket of the manager that is dialled again until nobody wants it: what every live part of the page listens on. */

/** Waits before it dials again: doubled from the first to the last, in milliseconds, and up to a half shorter, so that many pages do not come as one. */
const redialMinMs = 250;
const redialMaxMs = 8000;

export interface SocketEars {
  /** Where to dial now. */
  address(): string;
  opened?(): void;
  /** JSON from the manager, who is our own. */
  told(message: unknown): void;
  /** The line broke, or could not be made. Answer false when no other is wanted. */
  closed?(code: number, reason: string): boolean | void;
}

export interface LiveSocket {
  /** False when there is no line just now. */
  say(message: unknown): boolean;
  close(): void;
}

/** Dials at once. */
export function dial(ears: SocketEars): LiveSocket {
  let socket: WebSocket | undefined;
  let waitMs = redialMinMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  function open(): void {
    const url = new URL(ears.address(), location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const own = new WebSocket(url);
    socket = own;
    own.onopen = () => {
      waitMs = redialMinMs;
      ears.opened?.();
    };
    own.onmessage = ({ data }) => ears.told(JSON.parse(data as string));
    own.onclose = ({ code, reason }) => {
      if (over || socket !== own) return;
      socket = undefined;
      if (ears.closed?.(code, reason) === false) return;
      timer = setTimeout(open, waitMs * (1 - Math.random() / 2));
      waitMs = Math.min(redialMaxMs, 2 * waitMs);
    };
  }

  open();
  return {
    say(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      over = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
