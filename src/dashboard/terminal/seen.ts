/** Work that is done only while somebody looks: what it costs ends a while after the tab was hidden, and begins again when it is back. */

/** A tab that has been out of sight for so long is given up, in milliseconds. */
const hiddenMs = 10_000;

/** Opens now, closes when hidden, opens again when seen; the answer closes for good. `keeps`: it goes on although nobody looks. */
export function whileSeen(open: () => void, close: () => void, keeps = () => false): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = () => {
    clearTimeout(timer);
    if (!document.hidden) return open();
    timer = setTimeout(() => {
      if (!keeps()) close();
    }, hiddenMs);
  };
  document.addEventListener("visibilitychange", changed);
  open();
  return () => {
    document.removeEventListener("visibilitychange", changed);
    clearTimeout(timer);
    close();
  };
}
