import type { ServerResponse } from "node:http";
import { type ComposedPublication, easternWallClock, type StoredFile } from "./composed.ts";
import { misanswer, type Troubles } from "./misbehave.ts";
import type { FileStore } from "./store.ts";

/** What has been published so far. */
export interface Published {
  readonly publications: readonly ComposedPublication[];
  /** Newest export of each file, by name in capitals. */
  readonly files: ReadonlyMap<string, StoredFile>;
  /** By publication id. */
  readonly deltas: ReadonlyMap<number, StoredFile>;
}

/** The Sanctions List Service: every file is a redirect to the store, and so is every delta. */
export function answerService(
  url: URL,
  response: ServerResponse,
  published: Published,
  store: FileStore,
  troubles: Troubles,
): void {
  if (misanswer(troubles, "service", url.pathname, response)) return;
  const redirect = (file: StoredFile) => {
    const expired = troubles.strike("service", url.pathname, "expired-link") !== undefined;
    response.writeHead(302, { location: store.presign(file, expired) }).end();
  };
  // Paths and file names are case-insensitive there.
  const path = url.pathname.toLowerCase();
  const named = /^\/api\/(?:publicationpreview\/exports|download)\/([^/]+)$/.exec(path)?.[1];
  if (named !== undefined) {
    const file = published.files.get(decodeURIComponent(named).toUpperCase());
    // A name it does not know is answered with success and nothing.
    if (file === undefined) response.writeHead(200, { "content-length": "0" }).end();
    else redirect(file);
    return;
  }
  const history = /^\/changes\/history\/(\d{4})(?:\/(\d{1,2})\/(\d{1,2}))?$/.exec(path);
  if (history !== null) {
    const [, year = "", month, day] = history;
    const wanted =
      month === undefined || day === undefined
        ? year
        : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    json(response, historyOf(published.publications, wanted));
    return;
  }
  const delta = /^\/changes\/(latest|\d+)$/.exec(path)?.[1];
  if (delta !== undefined) {
    const id = delta === "latest" ? Math.max(...published.deltas.keys()) : Number(delta);
    const file = published.deltas.get(id);
    if (file === undefined) response.writeHead(404, { "content-type": "text/plain" }).end("Not Found");
    else redirect(file);
    return;
  }
  if (path === "/alive") {
    response.writeHead(200, { "content-type": "text/plain" }).end("Alive");
    return;
  }
  response.writeHead(404, { "content-type": "text/plain" }).end("Not Found");
}

/** Eastern wall clock without offset, with the microseconds .NET writes. */
function historyOf(publications: readonly ComposedPublication[], wanted: string): unknown {
  return publications
    .map(({ id, at }) => ({ publicationID: id, datePublished: `${easternWallClock(at)}.740051` }))
    .filter((row) => row.datePublished.startsWith(wanted));
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value));
}
