/**
 * Every bot, a row each: only those in sight exist, and of these only what changed is drawn. Order and filter come from the manager, what
 * stands in the rows from the live swarm.
 */
import "./table.css";
import { useSignal, type Signal } from "@preact/signals";
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { go, pathOfBot } from "../address.ts";
import { columns } from "./table-columns.ts";
import { Head, Row } from "./table-row.tsx";
import { allOrNobody, extended, toggled, type Selected } from "./table-selection.ts";
import type { View } from "./table-view.ts";

/** As in table.css, in pixels. */
const rowHeight = 30;
/** Rows drawn above and below those in sight. */
const overscan = 6;

export interface TableParts {
  readonly view: View;
  readonly resort: (sort: View["sort"]) => void;
  readonly ids: readonly string[];
  /** Undefined where nothing may be changed, so nobody is selected. */
  readonly selected: Signal<Selected> | undefined;
}

export function BotTable({ view, resort, ids, selected }: TableParts) {
  const grid = useRef<HTMLDivElement>(null);
  const cursor = useSignal<string | undefined>(undefined);
  const scrolled = useSignal(0);
  const virtual = useVirtual(grid, ids.length, () => scrolled.value++);
  useStillCursor(grid, ids, cursor);
  void scrolled.value;
  const chosen = selected?.value;
  const active = cursor.value !== undefined && ids.includes(cursor.value) ? cursor.value : undefined;

  const move = (to: number, isRange: boolean) => {
    const index = Math.max(0, Math.min(ids.length - 1, to));
    const id = ids[index];
    if (id === undefined) return;
    if (isRange && selected) {
      const from =
        selected.value.anchor === undefined && active ? toggled(selected.value, active) : selected.value;
      selected.value = extended(from, id, ids);
    }
    cursor.value = id;
    virtual.scrollToIndex(index, { align: "auto" });
    // The table itself may reach below what is seen of the page.
    requestAnimationFrame(() => document.getElementById(`row-${id}`)?.scrollIntoView({ block: "nearest" }));
  };
  const keys = (event: KeyboardEvent) => {
    const at = active === undefined ? -1 : ids.indexOf(active);
    const aPage = Math.max(1, Math.floor(grid.current!.clientHeight / rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + aPage,
      PageUp: at - aPage,
      Home: 0,
      End: ids.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) move(to, event.shiftKey);
    else if (event.key === "Enter" && active !== undefined && event.target === grid.current)
      go(pathOfBot(active));
    else if (event.key === " " && active !== undefined && selected)
      selected.value = toggled(selected.value, active);
    else if (event.key === "a" && (event.ctrlKey || event.metaKey) && selected)
      selected.value = allOrNobody(selected.value, ids);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const click = (event: MouseEvent, id: string) => {
    cursor.value = id;
    const isBox = (event.target as Element).closest(".cell-box") !== null;
    if (!selected || !(isBox || event.shiftKey)) return;
    selected.value = event.shiftKey ? extended(selected.value, id, ids) : toggled(selected.value, id);
  };

  return (
    <div
      class={`bots${selected ? "" : " bots-only-looked-at"}`}
      role="grid"
      aria-label="Bots"
      aria-rowcount={ids.length + 1}
      aria-colcount={columns.length + (selected ? 1 : 0)}
      aria-multiselectable={selected !== undefined}
      aria-activedescendant={active && `row-${active}`}
      tabIndex={0}
      // No longer than its rows, with room for a scroll bar below them.
      style={{ maxHeight: `${(ids.length + 1.6) * rowHeight}px` }}
      ref={grid}
      onKeyDown={keys}
      // A range of bots is no range of text.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
    >
      <div role="rowgroup" class="bots-head">
        <div role="row" aria-rowindex={1} class="bots-row">
          {selected && (
            <div role="columnheader" class="cell-box">
              <button
                type="button"
                role="checkbox"
                class="box"
                aria-label="Select all that match"
                title="Select all that match, also those out of sight"
                aria-checked={
                  chosen!.ids.size === 0 ? false : ids.every((id) => chosen!.ids.has(id)) || "mixed"
                }
                onClick={() => (selected.value = allOrNobody(selected.value, ids))}
              />
            </div>
          )}
          {columns.map((column) => (
            <Head key={column.id} column={column} view={view} resort={resort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" class="bots-body" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const id = ids[index]!;
          return (
            <Row
              key={id}
              id={id}
              index={index}
              start={start}
              selected={selected}
              cursor={cursor}
              click={click}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Which rows are in sight. */
function useVirtual(grid: { readonly current: HTMLDivElement | null }, count: number, changed: () => void) {
  const virtual = useMemo(
    () => new Virtualizer<HTMLDivElement, HTMLDivElement>(optionsOf(grid, count, changed)),
    [],
  );
  virtual.setOptions(optionsOf(grid, count, changed));
  useLayoutEffect(() => virtual._willUpdate());
  useLayoutEffect(() => {
    const ended = virtual._didMount();
    changed();
    return ended;
  }, []);
  return virtual;
}

const optionsOf = (
  grid: { readonly current: HTMLDivElement | null },
  count: number,
  changed: () => void,
) => ({
  count,
  overscan,
  // The head lies over the first row's height.
  scrollPaddingEnd: rowHeight,
  getScrollElement: () => grid.current,
  estimateSize: () => rowHeight,
  scrollToFn: elementScroll,
  observeElementRect,
  observeElementOffset,
  onChange: changed,
});

/** Where a new order moves the row under the cursor, the list is moved with it, so that it stays where the eye is. */
function useStillCursor(
  grid: { readonly current: HTMLDivElement | null },
  ids: readonly string[],
  cursor: Signal<string | undefined>,
) {
  const before = useRef(ids);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = ids;
    const id = cursor.peek();
    const element = grid.current;
    if (old === ids || id === undefined || !element?.contains(document.activeElement)) return;
    const [from, to] = [old.indexOf(id), ids.indexOf(id)];
    const { scrollTop, clientHeight } = element;
    const wasInSight =
      from * rowHeight >= scrollTop - rowHeight && from * rowHeight < scrollTop + clientHeight;
    if (from < 0 || to < 0 || from === to || !wasInSight) return;
    element.scrollTop = scrollTop + (to - from) * rowHeight;
  }, [ids]);
}
