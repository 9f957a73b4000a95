/** Where keys are typed while they are ours: a field that nobody sees, for it is what opens a phone's keyboard and composes letters. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { createKeyboard, keysOfText } from "./keyboard.ts";

interface KeysHeldProps {
  /** What is clicked to type there. */
  readonly scroller: { readonly current: HTMLElement | null };
  readonly type: (keys: string) => boolean;
  readonly give: () => void;
  readonly pasted: (text: string) => void;
}

export function KeysHeld({ scroller, type, give, pasted }: KeysHeldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const meant = useMemo(() => createKeyboard(() => performance.now()), []);

  useEffect(() => {
    const focus = () => {
      // Who marks text wants to copy it.
      if (getSelection()?.isCollapsed !== false) field.current?.focus({ preventScroll: true });
    };
    const place = scroller.current;
    place?.addEventListener("click", focus);
    focus();
    return () => place?.removeEventListener("click", focus);
  }, []);

  function pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const meaning = meant(event);
    if (!meaning) return;
    event.preventDefault();
    if (meaning.type === "give") give();
    else type(meaning.keys);
  }

  function entered(event: InputEvent): void {
    if (event.isComposing) return;
    const from = event.currentTarget as HTMLTextAreaElement;
    const keys = keysOfText(from.value);
    from.value = "";
    if (keys !== "") type(keys);
  }

  return (
    <textarea
      ref={field}
      class="typed"
      rows={1}
      aria-label="Keys for the game. Escape twice gives them back, Tab leaves the field"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      onKeyDown={pressed}
      onInput={entered}
      onCompositionEnd={(event) => entered(event as unknown as InputEvent)}
      onBeforeInput={(event: InputEvent) => {
        // The keyboard of a phone tells Backspace so, and no other way.
        if (event.inputType !== "deleteContentBackward") return;
        event.preventDefault();
        type("\b");
      }}
      onPaste={(event) => {
        event.preventDefault();
        pasted(event.clipboardData?.getData("text/plain") ?? "");
      }}
    />
  );
}
