import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  bytesOf,
  type ComposedNotice,
  type ComposedPressRelease,
  type ComposedPublication,
  exportFiles,
  type StoredFile,
  stored,
} from "./composed.ts";
import { type Misbehaviour, type Place, Troubles } from "./misbehave.ts";
import { answerService } from "./service.ts";
import { answerSite } from "./site.ts";
import { FileStore } from "./store.ts";

export type { ComposedNotice, ComposedPressRelease, ComposedPublication } from "./composed.ts";
export { zipOf } from "./composed.ts";
export type { Misbehaviour, Place } from "./misbehave.ts";

/** A request that arrived. */
export interface SeenRequest {
  readonly place: Place;
  readonly method: string;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}

export interface OfacStandIn {
  readonly urls: { readonly service: string; readonly store: string; readonly site: string };
  /** To be spread into the source settings, so that the program under test asks the stand-in. */
  readonly settings: {
    readonly serviceBase: string;
    readonly treasuryBase: string;
    readonly noticesBase: string;
    readonly pressBase: string;
    readonly allowedHosts: readonly string[];
    readonly provenance: "composed";
  };
  /** All requests so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  publish(publication: ComposedPublication): void;
  /** Files of the newest publication are put right without another one. */
  replace(files: ComposedPublication["files"]): void;
  /** A notice or press release without a publication, or one that comes late; one that is there is edited. */
  announce(news: {
    readonly notices?: readonly ComposedNotice[];
    readonly pressReleases?: readonly ComposedPressRelease[];
  }): void;
  misbehave(trouble: Misbehaviour): void;
  /** Ends all misbehaviour. */
  behave(): void;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for OFAC on loopback: the list service, the file store it redirects to, and the web sites,
 * each on a port of its own. It behaves as OFAC's do where that is known, and misbehaves on request.
 */
export async function startOfacStandIn(options: { readonly now?: () => number } = {}): Promise<OfacStandIn> {
  const now = options.now ?? Date.now;
  const troubles = new Troubles(now);
  const store = new FileStore(now, troubles);
  const requests: SeenRequest[] = [];
  const publications: ComposedPublication[] = [];
  const deltas = new Map<number, StoredFile>();
  const notices: ComposedNotice[] = [];
  const pressReleases: ComposedPressRelease[] = [];
  let files: ReadonlyMap<string, StoredFile> = new Map();
  const origins = { service: "", store: "", site: "" };

  const serve = (place: Place) =>
    createServer((request, response) => {
      const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "stand-in"}`);
      const { method = "GET", headers } = request;
      requests.push({ place, method, path: url.pathname, query: url.search, headers });
      response.on("error", () => {});
      if (place !== "store" && (headers["user-agent"] ?? "") === "") {
        response.writeHead(403, { "content-type": "text/plain" }).end("Forbidden");
        return;
      }
      if (place === "service") answerService(url, response, { publications, files, deltas }, store, troubles);
      else if (place === "store") void store.answer(request, url, response);
      else void answerSite(url, response, { notices, pressReleases }, origins.service, troubles);
    });
  const servers = { service: serve("service"), store: serve("store"), site: serve("site") };
  origins.service = await listen(servers.service);
  origins.store = await listen(servers.store);
  origins.site = await listen(servers.site);
  store.listensAt(origins.store);

  const announce: OfacStandIn["announce"] = (news) => {
    for (const notice of news.notices ?? []) put(notices, notice, ({ slug }) => slug === notice.slug);
    for (const press of news.pressReleases ?? []) put(pressReleases, press, ({ id }) => id === press.id);
  };
  return {
    urls: origins,
    settings: {
      serviceBase: origins.service,
      treasuryBase: `${origins.site}/ofac/downloads`,
      noticesBase: origins.site,
      pressBase: origins.site,
      allowedHosts: ["127.0.0.1"],
      provenance: "composed",
    },
    requests,
    publish(publication) {
      publications.push(publication);
      files = exportFiles(publication, files, troubles.shuffleSeed);
      for (const file of files.values()) store.put(file);
      if (publication.delta !== undefined) {
        const delta = stored(publication, `${publication.id}_delta.xml`, bytesOf(publication.delta));
        deltas.set(publication.id, delta);
        store.put(delta);
      }
      announce(publication);
    },
    replace(replaced) {
      const newest = publications.at(-1);
      if (newest === undefined) throw new Error("expected a publication before its files are replaced");
      files = exportFiles({ ...newest, files: replaced }, files, troubles.shuffleSeed);
      for (const file of files.values()) store.put(file);
    },
    announce,
    misbehave: (trouble) => troubles.add(trouble),
    behave: () => troubles.clear(),
    async close() {
      await Promise.all(Object.values(servers).map(stop));
    },
  };
}

function put<T>(items: T[], item: T, isSame: (other: T) => boolean): void {
  const at = items.findIndex(isSame);
  if (at < 0) items.push(item);
  else items[at] = item;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
