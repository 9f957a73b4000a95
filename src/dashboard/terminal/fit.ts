/** Letters as large as the width allows, so that the game's 80 columns fill it: on a narrow page small, and sideways from there. */
import { screenColumns } from "../../proto/terminal-view.ts";

/** Letters' sizes, and the height of a row for each pixel of them: boxes drawn with letters have no gaps then. */
const smallest = 7;
const largest = 18;
const rowHeight = 1.17;

/** Fits now and whenever the width changes; the answer ends that. */
export function fitFont(scroller: HTMLElement): () => void {
  const probe = document.createElement("span");
  probe.className = "probe";
  probe.textContent = "M".repeat(screenColumns);
  const fit = () => {
    scroller.style.fontSize = "100px";
    scroller.append(probe);
    const perPixel = probe.getBoundingClientRect().width / 100;
    probe.remove();
    const size = Math.min(largest, Math.max(smallest, scroller.clientWidth / perPixel));
    scroller.style.fontSize = `${Math.floor(100 * size) / 100}px`;
    scroller.style.lineHeight = `${Math.round(size * rowHeight)}px`;
    scroller.scrollTop = scroller.scrollHeight;
  };
  // Only the width matters, and the height follows from the letters: without this each fit would ask for the next.
  let known = -1;
  const observer = new ResizeObserver(([entry]) => {
    if (entry!.contentRect.width === known) return;
    known = entry!.contentRect.width;
    fit();
  });
  observer.observe(scroller);
  return () => observer.disconnect();
}
