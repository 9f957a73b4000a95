/**
 * The server's telnet as it was seen to behave: it says its piece once and believes nothing the client answers, so
 * there is nothing to negotiate. All that is kept of the client's side are the keys between the commands.
 */

/** Sent as soon as a caller is there: a NUL, and DO 246, which any telnet will answer somehow. */
export const opening = Uint8Array.of(0x00, 0xff, 0xfd, 0xf6);
/** Sent when the first answer has come: WILL and DO BINARY, WILL ECHO, WILL SGA, WONT STATUS, and no to the rest. */
export const negotiation = Uint8Array.from(
  [
    [0xff, 0xfb, 0x00, 0xff, 0xfd, 0x00, 0xff, 0xfb, 0x01, 0xff, 0xfb, 0x03, 0xff, 0xfc, 0x05],
    [0x18, 0x1f, 0x20, 0x21, 0x22].flatMap((option) => [0xff, 0xfe, option]),
    [0xff, 0xfc, 0x27, 0xff, 0xfe, 0x27, 0xff, 0xfc, 0x24, 0xff, 0xfe, 0x24],
  ].flat(),
);

const iac = 0xff;
const subnegotiation = 0xfa;
const subnegotiationEnd = 0xf0;
const firstVerb = 0xfb;

export interface Wire {
  /** Feeds bytes; `key` gets every data byte, `command` hears of each telnet command. Split anywhere. */
  read(bytes: Uint8Array, key: (byte: number) => void, command: () => void): void;
}

/** Tells keys from telnet commands; holds one state and no data. */
export function createWire(): Wire {
  let state: "data" | "command" | "option" | "inside" | "inside command" = "data";
  return {
    read(bytes, key, command) {
      for (const byte of bytes) {
        switch (state) {
          case "data":
            if (byte === iac) state = "command";
            else key(byte);
            break;
          case "command":
            if (byte === iac) key(byte);
            else command();
            state = byte === subnegotiation ? "inside" : byte >= firstVerb && byte < iac ? "option" : "data";
            break;
          case "option":
            state = "data";
            break;
          case "inside":
            if (byte === iac) state = "inside command";
            break;
          case "inside command":
            state = byte === subnegotiationEnd ? "data" : "inside";
            break;
          default:
            state satisfies never;
        }
      }
    },
  };
}
