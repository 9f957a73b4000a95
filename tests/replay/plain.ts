/** Text without colours and cursor moves. */

/** ESC sequences; CR goes with them, for the game ends coloured lines with `\r ESC[0m \n`. */
// oxlint-disable-next-line no-control-regex
const codes = /\x1b\[[0-9;]*[A-Za-z]|\r/g;

export const plain = (text: string): string => text.replace(codes, "");

/** What follows the last line end: the prompt, and what was typed at it. */
export const openLine = (text: string): string => text.slice(text.lastIndexOf("\n") + 1);

/** Control and high bytes made readable. */
export const escaped = (text: string): string =>
  text.replace(
    // oxlint-disable-next-line no-control-regex
    /[\x00-\x1f\x7f-\xff]/g,
    (char) =>
      char === "\x1b"
        ? "␛"
        : char === "\r"
          ? "\\r"
          : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );

/** A figure as screens write it; 0 for none. */
export const figure = (digits: string | undefined): number => Number((digits ?? "0").replaceAll(",", ""));
