/**
 * Sentences that the game prints between its prompts, known again by a hash so that none of them stands here: of each line, with
 * figures made "#" and runs of blanks made one, 32 bits of FNV-1a. `bun tests/games/tw2002/prose.ts FILE…` prints those of the lines
 * of a recording that nothing else explains.
 */

/** A line that is one of the game's sentences. */
export const isProse = (line: string): boolean => hashes.has(proseHash(line));

/** 32 bits that stand for a line. */
export function proseHash(line: string): number {
  const plain = line
    .trim()
    .replaceAll(/\d[\d,]*/g, "#")
    .replaceAll(/ {2,}/g, " ");
  let hash = 0x811c9dc5;
  for (let i = 0; i < plain.length; i++) hash = Math.imul(hash ^ plain.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const hashes: ReadonlySet<number> = new Set([
  0x19ac2e4d, 0xc1a167cf, 0x21027dda, 0xe11d7fe0, 0x72091d17, 0xe3154595, 0x8b88aeaf, 0x370de3e5, 0x6ce83c90,
  0xa0c95b52, 0xfa797631, 0x39ecdecb, 0x887238cc, 0x4b6ae8cc, 0x5075f611, 0x673264f5, 0x89cc34ff, 0xf13e8fd4,
  0x6572b824, 0x6218b2cb, 0x12fe6cf4, 0xbb5a65a3, 0xcc2526f9, 0xc60760d2, 0xaccf1822, 0xc48b4a2a, 0x5ec2c467,
  0xd945eb39, 0x861b923b, 0x002bee02, 0x7c0a9a7b, 0xf294e77e,
]);
