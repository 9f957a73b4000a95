/**
 * The cheapest circulation through a network: a primal simplex on spanning trees. Flows and costs are real numbers; a
 * second `solve` after costs have changed goes on from the last tree.
 */

export interface Network {
  /** Adds an arc and gives its number. A tree arc is part of the first spanning tree: one for each node but the root. */
  arc(from: number, to: number, cost: number, most: number): number;
  setCost(arc: number, cost: number): void;
  /** `parentArc[node]`: the arc between a node and its parent in the first tree; -1 for the root. Must carry no flow. */
  plant(parentArc: readonly number[]): void;
  solve(): void;
  flow(arc: number): number;
  /** Worth of one more unit at a node, the root's being 0: an arc without bounds has worth(from) + cost >= worth(to). */
  worth(node: number): number;
}

/** Costs nearer to zero than this do not tempt. */
const temptation = 1e-7;
/** Pivots for each arc after which an answer is taken as it stands: it is a bound all the same. */
const pivotsPerArcMax = 60;

export function createNetwork(nodes: number): Network {
  const from: number[] = [];
  const to: number[] = [];
  const cost: number[] = [];
  const most: number[] = [];
  const flow: number[] = [];
  /** 1 at its lower bound, -1 at its upper, 0 in the tree. */
  const state: number[] = [];
  const parent = new Int32Array(nodes).fill(-1);
  const pred = new Int32Array(nodes).fill(-1);
  const depth = new Int32Array(nodes);
  const worth = new Float64Array(nodes);
  const first = new Int32Array(nodes).fill(-1);
  const next = new Int32Array(nodes).fill(-1);
  const before = new Int32Array(nodes).fill(-1);
  let root = 0;
  let scan = 0;

  const reduced = (arc: number) => cost[arc]! + worth[from[arc]!]! - worth[to[arc]!]!;

  function attach(node: number, under: number, arc: number): void {
    parent[node] = under;
    pred[node] = arc;
    const head = first[under]!;
    next[node] = head;
    before[node] = -1;
    if (head >= 0) before[head] = node;
    first[under] = node;
  }
  function detach(node: number): void {
    const older = before[node]!;
    const younger = next[node]!;
    if (older >= 0) next[older] = younger;
    else first[parent[node]!] = younger;
    if (younger >= 0) before[younger] = older;
  }

  /** Depths and worths below a node, from its own. */
  const stack = new Int32Array(nodes);
  function refresh(top: number): void {
    let size = 0;
    stack[size++] = top;
    while (size > 0) {
      const node = stack[--size]!;
      const over = parent[node]!;
      if (over >= 0) {
        const arc = pred[node]!;
        depth[node] = depth[over]! + 1;
        worth[node] = from[arc] === over ? worth[over]! + cost[arc]! : worth[over]! - cost[arc]!;
      }
      for (let child = first[node]!; child >= 0; child = next[child]!) stack[size++] = child;
    }
  }

  /** The most tempting arc of the next block that has one; -1 when none does. */
  function entering(): number {
    const arcs = from.length;
    const block = Math.max(64, Math.ceil(Math.sqrt(arcs) * 2));
    let best = -1;
    let bestGain = temptation;
    let counted = block;
    for (let step = 0; step < arcs; step++) {
      const arc = scan;
      scan = scan + 1 === arcs ? 0 : scan + 1;
      const side = state[arc]!;
      if (side !== 0) {
        const gain = -side * reduced(arc);
        if (gain > bestGain) {
          bestGain = gain;
          best = arc;
        }
      }
      if (--counted === 0) {
        if (best >= 0) return best;
        counted = block;
      }
    }
    return best;
  }

  function pivot(arc: number): void {
    const forward = state[arc] === 1;
    // Flow goes from `tail` over the arc to `head`, then through the tree back to `tail`.
    const tail = forward ? from[arc]! : to[arc]!;
    const head = forward ? to[arc]! : from[arc]!;
    let a = tail;
    let b = head;
    while (a !== b) {
      if (depth[a]! >= depth[b]!) a = parent[a]!;
      else b = parent[b]!;
    }
    const join = a;
    let room = most[arc]!;
    let leaving = -1;
    let leavesAtTail = false;
    // Of equals, the last one seen from the join around the loop: keeps trees strongly feasible, so that it ends.
    for (let node = tail; node !== join; node = parent[node]!) {
      const down = pred[node]!;
      const here = from[down] === node ? flow[down]! : most[down]! - flow[down]!;
      // The loop runs from the join down to the tail: against an arc that points up.
      if (here < room) {
        room = here;
        leaving = node;
        leavesAtTail = true;
      }
    }
    for (let node = head; node !== join; node = parent[node]!) {
      const up = pred[node]!;
      const here = from[up] === node ? most[up]! - flow[up]! : flow[up]!;
      if (here <= room) {
        room = here;
        leaving = node;
        leavesAtTail = false;
      }
    }
    if (room > 0) {
      flow[arc] = flow[arc]! + (forward ? room : -room);
      for (let node = tail; node !== join; node = parent[node]!) {
        const down = pred[node]!;
        flow[down] = flow[down]! + (from[down] === node ? -room : room);
      }
      for (let node = head; node !== join; node = parent[node]!) {
        const up = pred[node]!;
        flow[up] = flow[up]! + (from[up] === node ? room : -room);
      }
    }
    if (leaving < 0) {
      state[arc] = forward ? -1 : 1;
      return;
    }
    const out = pred[leaving]!;
    // Exactly at the bound it came to, whatever the arithmetic left.
    const atUpper = leavesAtTail ? from[out] !== leaving : from[out] === leaving;
    flow[out] = atUpper ? most[out]! : 0;
    state[out] = atUpper ? -1 : 1;
    state[arc] = 0;
    // The part that was cut off is hung up again by its end of the entering arc.
    let node = leavesAtTail ? tail : head;
    let under = leavesAtTail ? head : tail;
    let by = arc;
    const top = node;
    for (;;) {
      const over = parent[node]!;
      const old = pred[node]!;
      detach(node);
      attach(node, under, by);
      if (node === leaving) break;
      under = node;
      by = old;
      node = over;
    }
    refresh(top);
  }

  return {
    arc(tail, head, price, cap) {
      from.push(tail);
      to.push(head);
      cost.push(price);
      most.push(cap);
      flow.push(0);
      state.push(1);
      return from.length - 1;
    },
    setCost(arc, price) {
      cost[arc] = price;
    },
    plant(parentArc) {
      for (let node = 0; node < nodes; node++) {
        const arc = parentArc[node]!;
        if (arc < 0) root = node;
        else {
          attach(node, from[arc] === node ? to[arc]! : from[arc]!, arc);
          state[arc] = 0;
        }
      }
    },
    solve() {
      refresh(root);
      let pivots = pivotsPerArcMax * from.length;
      for (let arc = entering(); arc >= 0 && pivots > 0; arc = entering(), pivots--) pivot(arc);
    },
    flow: (arc) => flow[arc]!,
    worth: (node) => worth[node]!,
  };
}
