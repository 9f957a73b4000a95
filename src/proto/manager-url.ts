/** The address of a manager, as people write it down. */

/** Where a manager is that was told nothing. */
export const defaultManagerUrl = "http://localhost:8000";

/** http://host:port and nothing behind it. */
export function isManagerUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    (url.pathname === "/" || url.pathname === "") &&
    url.search + url.hash + url.username === ""
  );
}
