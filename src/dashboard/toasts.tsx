/** Words that pass: what came of an order, and what needs a person. */
import { signal } from "@preact/signals";

/** So many at one moment; the oldest goes. */
const toastsMax = 5;
const lastsMs = 8000;

interface Toast {
  readonly id: number;
  readonly how: "good" | "bad" | "warning";
  readonly told: string;
  /** Where more is to be seen. */
  readonly link?: string | undefined;
}

const toasts = signal<readonly Toast[]>([]);
/** Bad ones that had to go before anybody put them away. */
const unseen = signal(0);
let count = 0;

/** Shows a text for a while; a bad one until it is put away. Of those that lead to the same place the last one stays. */
export function toast(how: Toast["how"], told: string, link?: string): void {
  const id = ++count;
  const others = toasts.value.filter((one) => link === undefined || one.link !== link);
  const all = [...others, { id, how, told, link }];
  toasts.value = all.slice(-toastsMax);
  unseen.value += all.slice(0, -toastsMax).filter((one) => one.how === "bad").length;
  if (how !== "bad") setTimeout(() => dismiss(id), lastsMs);
}

/** Whether something that leads there is shown just now. */
export const isTold = (link: string): boolean => toasts.value.some((one) => one.link === link);

const dismiss = (id: number) => (toasts.value = toasts.value.filter((one) => one.id !== id));

/** Puts all away. */
export function clearToasts(): void {
  toasts.value = [];
  unseen.value = 0;
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.length > 1 && (
        <p class="toast quiet">
          <a href="/feed?severity=error">
            {unseen.value > 0 ? `${unseen.value} more in the feed` : "All in the feed"}
          </a>
          <button type="button" onClick={clearToasts}>
            Dismiss all
          </button>
        </p>
      )}
      {toasts.value.map(({ id, how, told, link }) => (
        <div class={`toast ${how}`} key={id}>
          {link === undefined ? told : <a href={link}>{told}</a>}
          <button type="button" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
