import type { ServerResponse } from "node:http";

/** Which of the three servers. */
export type Place = "service" | "store" | "site";

interface Common {
  /** Only requests whose path holds this text (case does not matter). */
  readonly on?: string;
  /** So many requests, then no more. */
  readonly times?: number;
  /** Until the stand-in's clock shows this instant. */
  readonly until?: string;
  /** On these servers instead of those the kind usually strikes. */
  readonly at?: readonly Place[];
}

/** Something that goes wrong, until `behave()` or until its own end. */
export type Misbehaviour = Common &
  (
    | { readonly kind: "blocked" }
    | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string }
    /** Pieces of `chunkBytes` with pauses between them. */
    | { readonly kind: "slow"; readonly chunkBytes: number; readonly pauseMs: number }
    /** Takes the request and never answers. */
    | { readonly kind: "silent" }
    /** The connection breaks after so many bytes of the body. */
    | { readonly kind: "cut"; readonly afterBytes: number }
    /** A maintenance page with status 200. */
    | { readonly kind: "html" }
    | { readonly kind: "empty" }
    /** The first half of the document, as if it were all. */
    | { readonly kind: "half" }
    /** A body without end, or one that promises so many bytes. */
    | { readonly kind: "endless"; readonly promise?: number }
    | { readonly kind: "redirect-loop" }
    | { readonly kind: "foreign-redirect"; readonly to: string }
    /** A copy that somebody keeps: without OFAC's own headers. */
    | { readonly kind: "unnumbered" }
    /** Download links that have expired when they are handed out. */
    | { readonly kind: "expired-link" }
    /** Every publication from now on orders the `<id>` children another way. */
    | { readonly kind: "shuffled-ids"; readonly seed: number }
  );

type Kind = Misbehaviour["kind"];

/** Where a kind strikes unless it is told otherwise. */
const USUAL: Readonly<Record<Kind, readonly Place[]>> = {
  blocked: ["service", "site"],
  status: ["service", "site"],
  slow: ["store", "site"],
  silent: ["service", "site"],
  cut: ["store", "site"],
  html: ["store"],
  empty: ["store", "site"],
  half: ["store", "site"],
  endless: ["store", "site"],
  "redirect-loop": ["service", "site"],
  "foreign-redirect": ["service", "site"],
  unnumbered: ["store"],
  "expired-link": ["service"],
  "shuffled-ids": [],
};

/** What is going wrong at the moment. */
export class Troubles {
  readonly #now: () => number;
  #active: { readonly trouble: Misbehaviour; left: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  add(trouble: Misbehaviour): void {
    this.#active.push({ trouble, left: trouble.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#active = [];
  }

  /** The trouble of one of these kinds that strikes a request; it is counted as having struck. */
  strike<K extends Kind>(
    place: Place,
    path: string,
    ...kinds: K[]
  ): Extract<Misbehaviour, { kind: K }> | undefined {
    for (const entry of this.#active) {
      const { trouble } = entry;
      const here = (trouble.at ?? USUAL[trouble.kind]).includes(place);
      const over = trouble.until !== undefined && this.#now() >= Date.parse(trouble.until);
      const meant = trouble.on === undefined || path.toLowerCase().includes(trouble.on.toLowerCase());
      if (!here || over || !meant || entry.left < 1 || !isOf(trouble, kinds)) continue;
      entry.left--;
      return trouble;
    }
    return undefined;
  }

  /** Seed of the shuffle, while that trouble lasts. */
  get shuffleSeed(): number | undefined {
    const found = this.#active
      .map((entry) => entry.trouble)
      .find((trouble) => trouble.kind === "shuffled-ids");
    return found?.kind === "shuffled-ids" ? found.seed : undefined;
  }
}

function isOf<K extends Kind>(
  trouble: Misbehaviour,
  kinds: readonly K[],
): trouble is Extract<Misbehaviour, { kind: K }> {
  return kinds.some((kind) => kind === trouble.kind);
}

const MAINTENANCE =
  "<!DOCTYPE html><html><head><title>Site maintenance</title></head><body>Composed page.</body></html>";

/** Answers a request wrongly instead of rightly; false when nothing strikes. */
export function misanswer(troubles: Troubles, place: Place, path: string, response: ServerResponse): boolean {
  const trouble = troubles.strike(
    place,
    path,
    "blocked",
    "status",
    "silent",
    "redirect-loop",
    "foreign-redirect",
    "html",
    "empty",
    "endless",
  );
  switch (trouble?.kind) {
    case undefined:
      return false;
    case "silent":
      return true;
    case "blocked":
      response.writeHead(403, { "content-type": "text/html" }).end("<html><body>Access Denied</body></html>");
      return true;
    case "status":
      response
        .writeHead(
          trouble.status,
          trouble.retryAfter === undefined ? {} : { "retry-after": trouble.retryAfter },
        )
        .end("composed failure");
      return true;
    case "redirect-loop":
      response.writeHead(302, { location: path }).end();
      return true;
    case "foreign-redirect":
      response.writeHead(302, { location: trouble.to }).end();
      return true;
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end(MAINTENANCE);
      return true;
    case "empty":
      response.writeHead(200, { "content-length": "0" }).end();
      return true;
    case "endless":
      endless(response, trouble.promise);
      return true;
  }
}

function endless(response: ServerResponse, promise: number | undefined): void {
  response.writeHead(200, promise === undefined ? {} : { "content-length": String(promise) });
  const chunk = Buffer.alloc(65_536, "x");
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", pour);
  pour();
}

/** Sends a body, in the way a trouble says where one strikes. */
export async function sendBody(
  troubles: Troubles,
  place: Place,
  path: string,
  response: ServerResponse,
  bytes: Uint8Array,
): Promise<void> {
  const trouble = troubles.strike(place, path, "slow", "cut");
  if (trouble?.kind === "cut") {
    await new Promise((done) => response.write(bytes.subarray(0, trouble.afterBytes), done));
    response.destroy();
    return;
  }
  if (trouble?.kind === "slow") {
    for (let at = 0; at < bytes.byteLength && !response.destroyed; at += trouble.chunkBytes) {
      response.write(bytes.subarray(at, at + trouble.chunkBytes));
      await new Promise((done) => setTimeout(done, trouble.pauseMs));
    }
    response.end();
    return;
  }
  response.end(bytes);
}
