import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { StoredFile } from "./composed.ts";
import { misanswer, sendBody, type Troubles } from "./misbehave.ts";

const SECRET = "composed secret of the stand-in's file store";
const EXPIRES_S = 3600;

/** The file store behind the service: objects by key, to be had by presigned links only, as on S3. */
export class FileStore {
  readonly #objects = new Map<string, StoredFile>();
  readonly #now: () => number;
  readonly #troubles: Troubles;
  #origin = "";

  constructor(now: () => number, troubles: Troubles) {
    this.#now = now;
    this.#troubles = troubles;
  }

  /** Told once it listens. */
  listensAt(origin: string): void {
    this.#origin = origin;
  }

  put(file: StoredFile): void {
    this.#objects.set(file.key, file);
  }

  /** A link that is good for an hour of the stand-in's clock, or that has expired two hours ago. */
  presign(file: StoredFile, expired: boolean): string {
    const issued = new Date(this.#now() - (expired ? 2 * EXPIRES_S * 1000 : 0));
    const date = issued.toISOString().replace(/[-:]|\.\d+/g, "");
    const query = new URLSearchParams({
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": `COMPOSED/${date.slice(0, 8)}/us-gov-west-1/s3/aws4_request`,
      "X-Amz-Date": date,
      "X-Amz-Expires": String(EXPIRES_S),
      "X-Amz-SignedHeaders": "host",
      "X-Amz-Signature": signature(file.key, date),
    });
    return `${this.#origin}${file.key}?${query}`;
  }

  async answer(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const file = this.#objects.get(url.pathname);
    const date = url.searchParams.get("X-Amz-Date") ?? "";
    if (misanswer(this.#troubles, "store", url.pathname, response)) return;
    if (
      request.method !== "GET" ||
      file === undefined ||
      url.searchParams.get("X-Amz-Signature") !== signature(url.pathname, date)
    ) {
      return deny(response, "SignatureDoesNotMatch", "The request signature we calculated does not match.");
    }
    const until =
      Date.parse(date.replace(/^(....)(..)(..T..)(..)(..)Z$/, "$1-$2-$3:$4:$5Z")) + EXPIRES_S * 1000;
    if (this.#now() > until) return deny(response, "AccessDenied", "Request has expired");

    const kept = this.#troubles.strike("store", url.pathname, "unnumbered") !== undefined;
    const headers = {
      etag: file.etag,
      "last-modified": file.lastModified.toUTCString(),
      "accept-ranges": "bytes",
      "content-type": file.name.endsWith(".CSV")
        ? "text/csv"
        : file.name.endsWith(".ZIP")
          ? "application/zip"
          : "text/xml",
      ...(kept ? {} : file.meta),
    };
    if (unchanged(request, file)) {
      response.writeHead(304, headers).end();
      return;
    }
    const range = rangeOf(request, file.bytes.byteLength);
    const half = this.#troubles.strike("store", url.pathname, "half") !== undefined;
    const bytes = half
      ? file.bytes.subarray(0, Math.floor(file.bytes.byteLength / 2))
      : file.bytes.subarray(range?.from ?? 0, range?.to);
    response.writeHead(range === undefined ? 200 : 206, {
      ...headers,
      "content-length": String(bytes.byteLength),
      ...(range === undefined
        ? {}
        : { "content-range": `bytes ${range.from}-${range.to - 1}/${file.bytes.byteLength}` }),
    });
    await sendBody(this.#troubles, "store", url.pathname, response, bytes);
  }
}

function signature(key: string, date: string): string {
  return createHmac("sha256", SECRET).update(`${key} ${date}`).digest("hex");
}

function deny(response: ServerResponse, code: string, message: string): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(403, { "content-type": "application/xml" }).end(xml);
}

/** RFC 9110 §13.2.2: If-None-Match decides; If-Modified-Since only counts without it. */
function unchanged(request: IncomingMessage, file: StoredFile): boolean {
  const tags = request.headers["if-none-match"];
  if (tags !== undefined) return tags.split(",").some((tag) => tag.trim() === file.etag);
  const since = request.headers["if-modified-since"];
  return since !== undefined && Math.floor(file.lastModified.getTime() / 1000) * 1000 <= Date.parse(since);
}

function rangeOf(request: IncomingMessage, size: number): { from: number; to: number } | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = match[2] === "" ? size : Math.min(size, Number(match[2]) + 1);
  return from < to ? { from, to } : undefined;
}
