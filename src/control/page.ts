/** The status page: three texts inside the program, which may load nothing from anywhere else. */
import type { Hono } from "hono";
import html from "./dashboard/index.html" with { type: "text" };
import style from "./dashboard/page.css" with { type: "text" };
import script from "./dashboard/page.js" with { type: "text" };
import { answerHeaders } from "./problem.ts";

const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page at / and what it loads. */
export function mountPage(app: Hono): void {
  const serve = (path: string, type: string, text: string) =>
    app.get(path, () => {
      const headers = {
        ...answerHeaders,
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "content-type": `${type}; charset=utf-8`,
      };
      return new Response(text, { headers });
    });
  // The import says text; the ambient type of .html files says otherwise.
  serve("/", "text/html", html as unknown as string);
  serve("/page.css", "text/css", style);
  serve("/page.js", "text/javascript", script);
  app.get("/dashboard", (c) => c.redirect("/"));
}
