import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";

/** Types as the build plans them; a static host has to be told the same. */
const TYPES: Readonly<Record<string, string>> = {
  ".atom": "application/atom+xml; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".ndjson": "application/x-ndjson",
  ".parquet": "application/vnd.apache.parquet",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".zip": "application/zip",
};

/** Files whose name says another type than their ending. */
const NAMED: Readonly<Record<string, string>> = {
  "feed.json": "application/feed+json; charset=utf-8",
  "feed.xml": "application/rss+xml; charset=utf-8",
};

/** A record never changes; everything else is asked for again and answered with 304 while it stays. */
const FOR_EVER = /^\/api\/v1\/records\/[a-z]+-(?:\d{8}|undated)(?:\.\d+)?(?:-[rc]\d+)?\.json$/u;

/** A server of the files below a folder, for this machine alone; `listen` it on a loopback address. */
export function previewServer(folder: string): Server {
  return createServer((request, response) => {
    answer(folder, request, response).catch((error: unknown) => {
      if (!response.headersSent) plain(response, 500, "The preview failed.");
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return plain(response, 405, "Only GET and HEAD.");
  }
  const path = pathOf(request.url ?? "/");
  if (path === null) return plain(response, 400, "Not an address of the site.");
  const file = await fileAt(folder, path);
  if (file === "folder") {
    response.setHeader("Location", `${encodeURI(path.slice(path.lastIndexOf("/") + 1))}/`);
    return plain(response, 301, "Moved.");
  }
  if (file !== null) return send(response, request, file, path);
  const missing = await fileAt(folder, "/404.html");
  if (missing === null || missing === "folder") return plain(response, 404, "There is no such page.");
  return send(response, request, missing, "/404.html", 404);
}

/** The path of an address, decoded; null for what could lead elsewhere or to what the build keeps for itself. */
export function pathOf(url: string): string | null {
  const raw = /^[^?#]*/u.exec(url)?.[0] ?? "";
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  if (!path.startsWith("/") || /[\\\0:]/u.test(path)) return null;
  const parts = path.slice(1).split("/");
  const last = parts.length - 1;
  const odd = parts.some((part, at) => part.startsWith(".") || (part === "" && at !== last));
  return odd ? null : path;
}

/** The file to answer with; null when there is none inside the folder, also not through a link out of it. */
async function fileAt(folder: string, path: string): Promise<string | "folder" | null> {
  const wanted = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(wanted)]);
    if (!real.startsWith(`${root}${sep}`)) return null;
    const found = await stat(real);
    if (found.isDirectory()) return "folder";
    return found.isFile() ? real : null;
  } catch {
    return null;
  }
}

async function send(
  response: ServerResponse,
  request: IncomingMessage,
  file: string,
  path: string,
  status = 200,
): Promise<void> {
  const bytes = await readFile(file);
  const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`;
  const name = path.slice(path.lastIndexOf("/") + 1);
  response.setHeader("Content-Type", NAMED[name] ?? TYPES[extname(file)] ?? "application/octet-stream");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader(
    "Cache-Control",
    status === 200 && FOR_EVER.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
  );
  response.setHeader("ETag", tag);
  if (status === 200 && matches(request.headers["if-none-match"], tag)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(status, { "Content-Length": bytes.length });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** RFC 9110 §13.1.2: the weak comparison of any tag of the list. */
function matches(header: string | undefined, tag: string): boolean {
  const tags = (header ?? "").split(",").map((one) => one.trim().replace(/^W\//u, ""));
  return tags.includes("*") || tags.includes(tag);
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(`${text}\n`);
}
