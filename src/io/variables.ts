/** `${NAME}` and `${NAME:-default}` in the texts of a configuration. What takes their place is text, and is not looked through again. */

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Filled {
  readonly text: string;
  /** Whether all of it came from variables. */
  readonly whole: boolean;
  /** What is wrong, each with where it stands in the text that was given. */
  readonly troubles: readonly { readonly at: number; readonly reason: string }[];
}

/**
 * `$${`, which stands for `${` itself; a reference: its name and, after ":-", what is taken where the variable is not set or empty,
 * up to the next "}"; or what only begins like one.
 */
const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]{0,127})(?::-([^}]*))?\}|\$\{/g;

/** Puts values in place of references; the text may grow to `maxChars`. Troubles name variables, never their values. */
export function fillVariables(text: string, env: Environment, maxChars: number): Filled {
  const troubles: { at: number; reason: string }[] = [];
  let filled = "";
  let whole = true;
  let done = 0;
  const add = (piece: string, at: number) => {
    if (filled.length + piece.length <= maxChars) filled += piece;
    else troubles.push({ at, reason: "with its variables the file becomes too large" });
  };
  for (const match of text.matchAll(reference)) {
    const [found, name, otherwise] = match;
    add(text.slice(done, match.index), match.index);
    whole &&= done === match.index && name !== undefined;
    done = match.index + found.length;
    if (found === "$${") add("${", match.index);
    else if (name === undefined) troubles.push({ at: match.index, reason: malformed });
    else add(valueOf(name, otherwise, env) ?? unset(name, match.index, troubles), match.index);
    if (troubles.length >= troublesMax) break;
  }
  add(text.slice(done), done);
  return { text: filled, whole: whole && done === text.length, troubles };
}

/** Nobody reads further, and a hostile file could have tens of thousands. */
const troublesMax = 20;
const malformed = 'expected "${NAME}" or "${NAME:-default}"; "$${" stands for "${" itself';

/** As in a shell: ":-" is for a variable that is empty, too. */
function valueOf(name: string, otherwise: string | undefined, env: Environment): string | undefined {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  return otherwise === undefined ? value : value || otherwise;
}

function unset(name: string, at: number, troubles: { at: number; reason: string }[]): string {
  troubles.push({
    at,
    reason: `variable "${name}" is not set; "\${${name}:-default}" would give it a default`,
  });
  return "";
}
