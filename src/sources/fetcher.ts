import { Agent } from "undici";
import type { Document, Instant, Provenance, Receipt } from "../domain/index.ts";
import { hostGuard, parseUrl, withoutQuery } from "./allow.ts";
import { readDocument, readPeek } from "./answer.ts";
import type { Progress } from "./body.ts";
import { type Answer, exchange } from "./exchange.ts";
import { FetchError, giveUp, networkFailure } from "./failure.ts";
import { waitBefore } from "./retry.ts";
import type { SourceSettings } from "./settings.ts";

/** What the fetcher takes from outside. */
export interface FetcherPorts {
  now(): Instant;
  sleep(ms: number): Promise<void>;
  /** Ends what is under way, for a graceful stop. */
  readonly signal?: AbortSignal;
}

/** A wait before another attempt, for progress lines. */
export interface Retry {
  readonly name: string;
  readonly reason: string;
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly waitMs: number;
}

export interface FetchRequest {
  readonly url: string;
  /** Name of the document; by default the last segment of the URL's path. */
  readonly name?: string;
  /** What the document is when it comes from OFAC's own host; by default `official file`. */
  readonly provenance?: Provenance;
  /** `page`: the small size cap. By default `file`. */
  readonly size?: "file" | "page";
  /** Nothing may be the right answer; otherwise it is refused. */
  readonly mayBeEmpty?: boolean;
  /** Makes the request conditional: unchanged bytes are not sent again. */
  readonly previous?: Receipt;
  readonly onProgress?: Progress;
  readonly onRetry?: (retry: Retry) => void;
}

/** A document that was fetched: it always has a receipt. */
export type FetchedDocument = Document & { readonly receipt: Receipt };

export type FetchResult =
  | { readonly kind: "document"; readonly document: FetchedDocument }
  /** The receipt repeats bytes and hash of the previous one: it is that document, seen again. */
  | { readonly kind: "not-modified"; readonly receipt: Receipt };

/** The beginning of a document, and what its headers say of the whole. */
export interface Peek {
  readonly beginning: Uint8Array;
  /** Bytes of the whole document, where the source said so. */
  readonly total: number | null;
  readonly seen: Omit<Receipt, "bytes" | "sha256">;
}

export interface Fetcher {
  /** A whole document, or that it has not changed. Throws SourceError (exit 3) or ContentError (exit 4). */
  fetch(request: FetchRequest): Promise<FetchResult>;
  /** The first bytes of a document, by a ranged GET (a presigned link allows no HEAD). Throws as `fetch`. */
  peek(request: FetchRequest, bytes: number): Promise<Peek | "not-modified">;
  /** Ends idle connections. */
  close(): Promise<void>;
}

/**
 * Fetches one document at a time over HTTP(S): redirects by allow-list, time limits, repetition with growing
 * waits, size caps, conditional requests. No query string leaves this room.
 */
export function createFetcher(settings: SourceSettings, ports: FetcherPorts): Fetcher {
  const guard = hostGuard(settings);
  const agent = new Agent({
    connect: { timeout: settings.connectTimeoutMs },
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyTimeoutMs,
  });

  async function once<T>(url: URL, headers: Headers, read: (answer: Answer) => Promise<T>): Promise<T> {
    const limit = AbortSignal.timeout(settings.attemptTimeoutMs);
    const signal = ports.signal === undefined ? limit : AbortSignal.any([limit, ports.signal]);
    let host = url.host;
    const hop = (next: URL) => {
      host = next.host;
    };
    try {
      const answer = await exchange({ url, headers, signal, hop }, agent, guard, settings);
      // An abandoned body reports its end as an error of its own; whoever abandons it has said why.
      answer.body.on("error", () => {});
      try {
        return await read(answer);
      } finally {
        answer.body.destroy();
      }
    } catch (error) {
      throw networkFailure(error, host, settings.attemptTimeoutMs) ?? error;
    }
  }

  async function repeatedly<T>(
    request: FetchRequest,
    name: string,
    ask: () => Promise<T>,
    url: URL,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof FetchError)) throw error;
        const { again, retryAfterMs } = error.facts;
        const last = !again || attempt >= settings.attempts;
        const waitMs = last ? null : waitBefore(attempt + 1, retryAfterMs, settings);
        if (waitMs === null) throw giveUp(error, withoutQuery(url), attempt);
        request.onRetry?.({ name, reason: error.message, attempt, waitMs });
        await ports.sleep(waitMs);
      }
    }
  }

  const inTurn = queue(() => ports.sleep(settings.gapMs));

  function ask<T>(request: FetchRequest, extra: Headers, read: Read<T>): Promise<T> {
    return inTurn(async () => {
      const asked = parseUrl(request.url, undefined, `address of ${request.name ?? "a document"}`);
      const name = request.name ?? lastSegment(asked);
      const headers = { accept: "*/*", ...validators(request.previous), ...extra };
      const reading = { asked, name, request, settings, now: ports.now };
      return repeatedly(request, name, () => once(asked, headers, (answer) => read(answer, reading)), asked);
    });
  }

  return {
    fetch: (request) => ask(request, {}, readDocument),
    peek: (request, bytes) =>
      ask(request, { range: `bytes=0-${bytes - 1}` }, (answer, reading) => readPeek(answer, reading, bytes)),
    close: () => agent.close(),
  };
}

type Headers = Readonly<Record<string, string>>;
type Read<T> = (answer: Answer, reading: Parameters<typeof readDocument>[1]) => Promise<T>;

/** Runs tasks one after the other, with a pause between two. */
function queue(pause: () => Promise<void>): <T>(task: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> | undefined;
  return (task) => {
    const turn = tail === undefined ? task() : tail.then(pause).then(task);
    tail = turn.catch(() => undefined);
    return turn;
  };
}

function validators(previous: Receipt | undefined): Headers {
  return {
    ...(previous?.etag ? { "if-none-match": previous.etag } : {}),
    ...(previous?.lastModified ? { "if-modified-since": previous.lastModified } : {}),
  };
}

function lastSegment(url: URL): string {
  return url.pathname.split("/").findLast((segment) => segment !== "") ?? url.host;
}
