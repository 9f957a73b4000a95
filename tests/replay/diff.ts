/** Two lists of lines set side by side so that one missing line does not spoil the rest. */

/** A run in which the two differ, or agree. */
export interface Hunk {
  readonly same: boolean;
  /** Lines of the one, and of the other; equally many where they agree. */
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** Aligns by the longest common subsequence under `key`. Quadratic, but for equal beginnings and ends: steps are short. */
export function align(
  left: readonly string[],
  right: readonly string[],
  key: (line: string) => string = (line) => line,
): Hunk[] {
  const one = left.map(key);
  const two = right.map(key);
  let head = 0;
  while (head < one.length && head < two.length && one[head] === two[head]) head++;
  let tail = 0;
  const most = Math.min(one.length, two.length) - head;
  while (tail < most && one[one.length - 1 - tail] === two[two.length - 1 - tail]) tail++;
  const pairs = common(one.slice(head, one.length - tail), two.slice(head, two.length - tail));
  const matches: [number, number][] = [
    ...Array.from({ length: head }, (_, at): [number, number] => [at, at]),
    ...pairs.map(([a, b]): [number, number] => [a + head, b + head]),
    ...Array.from({ length: tail }, (_, at): [number, number] => [
      one.length - tail + at,
      two.length - tail + at,
    ]),
  ];
  return hunks(left, right, matches);
}

/** Index pairs of a longest common subsequence. */
function common(one: readonly string[], two: readonly string[]): [number, number][] {
  const width = two.length + 1;
  const table = new Uint32Array((one.length + 1) * width);
  for (let a = one.length - 1; a >= 0; a--) {
    for (let b = two.length - 1; b >= 0; b--) {
      table[a * width + b] =
        one[a] === two[b]
          ? (table[(a + 1) * width + b + 1] ?? 0) + 1
          : Math.max(table[(a + 1) * width + b] ?? 0, table[a * width + b + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let a = 0, b = 0; a < one.length && b < two.length;) {
    if (one[a] === two[b]) pairs.push([a++, b++]);
    else if ((table[(a + 1) * width + b] ?? 0) >= (table[a * width + b + 1] ?? 0)) a++;
    else b++;
  }
  return pairs;
}

function hunks(
  left: readonly string[],
  right: readonly string[],
  matches: readonly [number, number][],
): Hunk[] {
  const found: Hunk[] = [];
  let a = 0;
  let b = 0;
  let same: { left: string[]; right: string[] } | undefined;
  for (const [x, y] of [...matches, [left.length, right.length] as const]) {
    if (x > a || y > b) {
      if (same) found.push({ same: true, ...same });
      same = undefined;
      found.push({ same: false, left: left.slice(a, x), right: right.slice(b, y) });
    }
    const one = left[x];
    const two = right[y];
    if (one !== undefined && two !== undefined) {
      same ??= { left: [], right: [] };
      same.left.push(one);
      same.right.push(two);
    }
    a = x + 1;
    b = y + 1;
  }
  if (same) found.push({ same: true, ...same });
  return found;
}
