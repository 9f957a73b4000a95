/** A window over the page, that holds the keyboard until it is closed: by Escape, by its own button, or by what was asked for in it. */
import "./dialog.css";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

export interface DialogParts {
  readonly title: string;
  readonly close: () => void;
  /** What has `data-first` gets the keyboard. */
  readonly children: ComponentChildren;
}

export function Dialog({ title, close, children }: DialogParts) {
  const own = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const latest = useRef(close);
  latest.current = close;
  // Ended with the window itself, not after the next picture: a key that is pressed in between is the page's.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = own.current!;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    // What had the keyboard in here may be gone: then keys come from the page, whose shortcuts they are not meant for.
    const outside = (event: KeyboardEvent) => {
      if (event.target !== document.body) return;
      event.stopPropagation();
      if (event.key === "Escape") latest.current();
    };
    document.addEventListener("keydown", outside, true);
    return () => {
      document.removeEventListener("keydown", outside, true);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      class="window"
      ref={own}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // The page's shortcuts are not for who is in here.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" aria-label="Close" onClick={close}>
          ×
        </button>
      </header>
      {children}
    </dialog>
  );
}
