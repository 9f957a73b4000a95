/** The dashboard's files on HTTP, under a policy that lets them load and run nothing from anywhere else. */
import type { Hono } from "hono";
import { answerHeaders } from "./problem.ts";

/** One file of the page, as it is sent. */
export interface PageFile {
  readonly path: string;
  /** The content-type. */
  readonly type: string;
  /** Its bytes, gzipped, in base64. */
  readonly gzip: string;
  /** Whether a browser may keep it for ever. */
  readonly lasting: boolean;
}

export interface PageParts {
  /** Asked at the first request. */
  readonly files: () => Promise<readonly PageFile[]>;
  readonly gunzip: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  /** What the page is told before it asks: whether it may change anything. */
  readonly readOnly: boolean;
}

/** Paths of the browser's address at which the page lives: what it shows there is its own business. */
export const pagePaths = ["/", "/bots/:bot_id", "/map", "/feed"] as const;
const html = "/page/index.html";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** The page at its paths, and what it loads under /page. */
export function mountPage(app: Hono, { files, gunzip, readOnly }: PageParts): void {
  let known: Promise<ReadonlyMap<string, Ready>> | undefined;
  const all = () => (known ??= files().then(readied));

  async function serve(path: string, request: Request): Promise<Response | undefined> {
    const file = (await all()).get(path);
    if (!file) return undefined;
    const headers = {
      ...answerHeaders,
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
      "content-type": file.type,
      "cache-control": file.lasting ? "public, max-age=31536000, immutable" : "no-cache",
      etag: file.etag,
      vary: "accept-encoding",
    };
    if (request.headers.get("if-none-match") === file.etag)
      return new Response(null, { status: 304, headers });
    if (/\bgzip\b/.test(request.headers.get("accept-encoding") ?? ""))
      return new Response(file.bytes, { headers: { ...headers, "content-encoding": "gzip" } });
    return new Response(gunzip(file.bytes), { headers });
  }

  for (const path of pagePaths) app.get(path, async (c) => (await serve(html, c.req.raw)) ?? c.notFound());
  app.get("/page/settings.json", () =>
    Response.json({ read_only: readOnly }, { headers: { ...answerHeaders, "cache-control": "no-cache" } }),
  );
  app.get("/page/:file", async (c) => (await serve(c.req.path, c.req.raw)) ?? c.notFound());
  app.get("/dashboard", (c) => c.redirect("/"));
}

interface Ready {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lasting: boolean;
  readonly etag: string;
}

const readied = (files: readonly PageFile[]): ReadonlyMap<string, Ready> =>
  new Map(
    files.map(({ path, type, gzip, lasting }) => [
      path,
      { type, lasting, bytes: bytesOf(gzip), etag: `"${checksum(gzip)}"` },
    ]),
  );

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** FNV-1a, as text: files that differ have other ones. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return `${hash.toString(36)}-${text.length.toString(36)}`;
}
