/** What the table of bots is asked to show, and how that stands in the address. */
import { sortKeys, type Sort, type SortKey } from "../../proto/operations/looking.ts";
import { LabelWord } from "../../proto/selection.ts";
import { botStates, type BotState } from "../../proto/status.ts";

export interface View {
  readonly sort: Sort;
  /** Every state when empty. */
  readonly states: readonly BotState[];
  readonly query: string;
  /** Every bot when empty. */
  readonly labels: readonly string[];
}

/** Longest text that is searched for, as the manager takes it. */
const queryMax = 200;
const labelsMax = 20;

/** The view that an address asks for; what it cannot mean is left out. */
export function viewOf(params: URLSearchParams): View {
  const words = (name: string) => (params.get(name) ?? "").split(",");
  const sort = params.get("sort") ?? "";
  return {
    sort: isSort(sort) ? sort : "bot_id",
    states: botStates.filter((state) => words("state").includes(state)),
    query: (params.get("q") ?? "").slice(0, queryMax),
    labels: words("label")
      .filter((word) => LabelWord.safeParse(word).success)
      .slice(0, labelsMax),
  };
}

/** The words of an address for parts of a view: none for what is as always. */
export function wordsOf(view: Partial<View>): Record<string, string | undefined> {
  return {
    ...(view.sort !== undefined && { sort: view.sort === "bot_id" ? undefined : view.sort }),
    ...(view.states !== undefined && { state: view.states.join(",") }),
    ...(view.query !== undefined && { q: view.query }),
    ...(view.labels !== undefined && { label: view.labels.join(",") }),
  };
}

/** A key to sort by, and whether turned round. */
export const sortedBy = (sort: Sort): { readonly key: SortKey; readonly isDown: boolean } => ({
  key: sort.replace(/^-/, "") as SortKey,
  isDown: sort.startsWith("-"),
});

/** What a click on a column's head asks for: figures begin with the most, words with the first; a second click turns it round. */
export function sortAfter(now: Sort, key: SortKey, isFigure: boolean): Sort {
  const { key: before, isDown } = sortedBy(now);
  const down = before === key ? !isDown : isFigure;
  return down ? `-${key}` : key;
}

/** Whether what bots do can change which of them are meant, or how they are sorted. */
export const isFixed = ({ sort, states, query }: View): boolean =>
  sortedBy(sort).key === "bot_id" && states.length === 0 && query === "";

const isSort = (text: string): text is Sort =>
  (sortKeys as readonly string[]).includes(text.replace(/^-/, ""));
