/** The head of a column, and the row of a bot. */
import { computed, useComputed, type Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Sort } from "../../proto/operations/looking.ts";
import { pathOfBot } from "../address.ts";
import { swarm } from "../live.ts";
import { changeOf } from "./figures-past.ts";
import { past } from "./figures-seen.ts";
import { columns, type Column } from "./table-columns.ts";
import type { Selected } from "./table-selection.ts";
import { sortAfter, sortedBy, type View } from "./table-view.ts";

const secondMs = 1000;

interface HeadParts {
  readonly column: Column;
  readonly view: View;
  readonly resort: (sort: Sort) => void;
}

export function Head({ column: { id, name, sort, isFigure = false, hint }, view, resort }: HeadParts) {
  const { key, isDown } = sortedBy(view.sort);
  const order = sort === key ? (isDown ? "descending" : "ascending") : undefined;
  return (
    <div role="columnheader" class={`cell-${id}${isFigure ? " figure" : ""}`} aria-sort={order} title={hint}>
      {sort === undefined ? (
        name
      ) : (
        <button type="button" onClick={() => resort(sortAfter(view.sort, sort, isFigure))}>
          {name}
          <span aria-hidden="true">{order === undefined ? "" : isDown ? " ▾" : " ▴"}</span>
        </button>
      )}
    </div>
  );
}

interface RowParts {
  readonly id: string;
  readonly index: number;
  readonly start: number;
  /** Undefined where nobody is selected. */
  readonly selected: Signal<Selected> | undefined;
  readonly cursor: Signal<string | undefined>;
  readonly click: (event: MouseEvent, id: string) => void;
}

export function Row({ id, index, start, selected, cursor, click }: RowParts) {
  const shown = useShown(id);
  const isSelected = useComputed(() => selected?.value.ids.has(id)).value;
  const isCursor = useComputed(() => cursor.value === id).value;
  if (!shown) return null;
  const { cells } = shown;
  return (
    <div
      role="row"
      id={`row-${id}`}
      class={`bots-row${isCursor ? " is-cursor" : ""}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => click(event, id)}
    >
      {isSelected !== undefined && (
        <div role="gridcell" class="cell-box">
          <span role="checkbox" class="box" aria-checked={isSelected} aria-label={`Select ${id}`} />
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          class={classOf(column, shown)}
          title={titled.has(column.id) ? cells[at] : undefined}
        >
          {column.id === "bot" ? (
            <a href={pathOfBot(id)} tabIndex={-1}>
              {cells[at]}
            </a>
          ) : (
            cells[at]
          )}
        </div>
      ))}
    </div>
  );
}

interface Shown {
  readonly cells: readonly string[];
  readonly state: string;
  /** Below nought when its worth fell. */
  readonly trend: number;
}

/**
 * What a row shows of its bot: the same value as before while nothing of it is different, so that a frame draws the rows that changed and no
 * others. (An element that is kept and given again would do that, too, but Preact's old trees then hold each other for ever.)
 */
function useShown(id: string): Shown | undefined {
  const shown = useMemo(() => {
    let last: Shown | undefined;
    return computed(() => {
      const bot = swarm.value?.bots.get(id);
      if (!bot) return (last = undefined);
      const change = changeOf(past.value, bot);
      // A clock of whole seconds, read whenever the swarm changes: no timer of its own.
      const now = Date.now() - (Date.now() % secondMs);
      const cells = columns.map(({ told }) => told(bot, { now, change }));
      const next = { cells, state: bot.state, trend: Math.sign(change ?? 0) };
      return (last = last && isSame(last, next) ? last : next);
    });
  }, [id]);
  return shown.value;
}

const isSame = (one: Shown, other: Shown): boolean =>
  one.state === other.state &&
  one.trend === other.trend &&
  one.cells.every((cell, at) => cell === other.cells[at]);

/** Columns whose text may be longer than they are wide. */
const titled: ReadonlySet<string> = new Set(["trader", "strategy", "goal", "doing"]);

function classOf({ id, isFigure }: Column, { state, trend }: Shown): string {
  const own = id === "state" ? ` state-${state}` : "";
  const way = id === "change" && trend !== 0 ? (trend > 0 ? " good" : " bad") : "";
  return `cell-${id}${isFigure ? " figure" : ""}${own}${way}`;
}
