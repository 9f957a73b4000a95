/** A player at a socket who answers the way in by himself, and then does one thing at a time. */
import { createConnection } from "node:net";

/** What each question of the way in is answered with; the first that fits what the screen ends with. */
export const answers: readonly (readonly [ending: RegExp, keys: (name: string) => string])[] = [
  [/\(ENTER for none\): $/, (name) => `${name}\r`],
  [/Selection \(\? for menu\): $/, () => "A"],
  [/\[Pause\]$/, () => "\r"],
  [/Enter your choice: $/, () => "T\r"],
  [/\[N\] $/, () => "N"],
  [/Type Y or N\) $/, () => "Y"],
  [/Password\? $/, () => "secret\r"],
  [/\[B\] \? $/, () => "\r"],
  [/\(30 letters\)\n$/, (name) => `Ship of ${name}\r`],
  [/is what you want\? $/, () => "Y"],
  [/\[-{10,}\]\n$/, (name) => `World of ${name}\r`],
  [/Planet command \(\?=help\) \[D\] $/, () => "Q"],
];
const atHome = /Command \[TL=\S+\]:\[\d+\] \(\?=Help\)\? : $/;

export interface Caller {
  /** Sends keys and waits for the screen to end like this; the text since the keys, without colours. Rejects when the line is gone. */
  ask(keys: string, ending: RegExp): Promise<string>;
  /** The same for a command prompt. */
  command(keys: string): Promise<string>;
  hangUp(): void;
}

/** Dials and comes as far as the command prompt; rejects when the line is gone before that. */
export async function callIn(port: number, name: string): Promise<Caller> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  let text = "";
  let gone = false;
  let look = () => {};
  socket.on("data", (bytes) => {
    text += bytes.toString("latin1");
    look();
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    gone = true;
    look();
  });
  // oxlint-disable-next-line no-control-regex
  const plain = () => text.replaceAll(/\x1b\[[0-9;]*[A-Za-z]|\r/g, "");
  const until = (fits: (screen: string) => boolean) =>
    new Promise<string>((resolve, reject) => {
      look = () => {
        const screen = plain();
        if (fits(screen)) resolve(screen);
        else if (gone) reject(new Error("the line is gone"));
      };
      look();
    });
  const send = (keys: string) => {
    text = "";
    socket.write(Buffer.from(keys, "latin1"));
  };
  const ask: Caller["ask"] = (keys, ending) => {
    send(keys);
    return until((screen) => ending.test(screen));
  };
  socket.write(Buffer.from("\xff\xfc\xf6", "latin1"));
  for (;;) {
    const screen = await until(
      (shown) => atHome.test(shown) || answers.some(([ending]) => ending.test(shown)),
    );
    if (atHome.test(screen)) break;
    send(answers.find(([ending]) => ending.test(screen))?.[1](name) ?? "");
  }
  return { ask, command: (keys) => ask(keys, atHome), hangUp: () => socket.destroy() };
}
