/** Keyboard shortcuts: each part of the page says which keys it takes; `?` shows them all. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog } from "./parts/dialog.tsx";

export interface Shortcut {
  /** As `KeyboardEvent.key` tells it, such as "/" or "Escape". */
  readonly key: string;
  readonly told: string;
  readonly work: () => void;
}

const groups = signal<readonly { readonly name: string; readonly shortcuts: readonly Shortcut[] }[]>([]);
export const helpShown = signal(false);

/** Takes these keys for as long as the part that says so is there. Who types into a field is left alone. */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const group = { name, shortcuts };
    groups.value = [...groups.value, group];
    return () => (groups.value = groups.value.filter((one) => one !== group));
    // The keys of a part are the same for its whole life; what they do looks at the present by itself.
  }, [name]);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("input:not([type='checkbox'], [type='radio']), textarea, select") ||
    target.dataset["keys"] === "own");

/** Listens to the keyboard from now on. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const all = groups.value.toReversed().flatMap(({ shortcuts }) => shortcuts);
    const found = all.find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found.work();
  });
}

export function Help() {
  if (!helpShown.value) return null;
  return (
    <Dialog title="Keyboard shortcuts" close={() => (helpShown.value = false)}>
      {groups.value.map(({ name, shortcuts }) => (
        <section key={name}>
          <h3>{name}</h3>
          <dl class="keys">
            {shortcuts.map(({ key, told }) => (
              <div key={key}>
                <dt>
                  <kbd>{key === " " ? "Space" : key}</kbd>
                </dt>
                <dd>{told}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
