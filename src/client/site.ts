import type {
  CatchUp,
  IndexEntry,
  IndexFile,
  IndexYearFile,
  LedgerRecord,
  SyncFile,
} from "../domain/index.ts";
import { sha256 } from "./canonical.ts";
import { MirrorError } from "./error.ts";
import { parseObject } from "./state.ts";

/** How a file is fetched; the platform's own `fetch` unless another is given. */
export type Fetch = (url: string, init?: { readonly signal?: AbortSignal }) => Promise<Response>;

/** The published files of one site. */
export interface Site {
  sync(): Promise<SyncFile>;
  /** The records of a segment after one of them, oldest first; undefined where it is not in the chain. */
  after(segment: SegmentName, id: string): Promise<readonly IndexEntry[] | undefined>;
  /** Every record of a segment, oldest first. */
  all(segment: SegmentName): Promise<readonly IndexEntry[]>;
  record(entry: Pick<IndexEntry, "id" | "hash" | "url">): Promise<LedgerRecord>;
  catchUp(url: string): Promise<CatchUp>;
  text(url: string): Promise<string>;
}

export interface SegmentName {
  readonly list: string;
  readonly segment: string;
}

/** The site that stands at an address, e.g. `https://ledger.example/ofac`. */
export function openSite(baseUrl: string, fetchFile: Fetch, signal?: AbortSignal): Site {
  const base = baseUrl.replace(/\/+$/, "");
  const bytes = async (url: string): Promise<Uint8Array> => {
    const response = await attempt(url, () => fetchFile(url, signal === undefined ? {} : { signal }));
    if (response.status === 404) throw new MirrorError("not-found", `${url}: there is no such file.`);
    if (!response.ok) throw new MirrorError("unreachable", `${url}: answered ${response.status}.`);
    return attempt(url, async () => new Uint8Array(await response.arrayBuffer()));
  };
  const text = async (url: string) => new TextDecoder().decode(await bytes(url));
  const json = async <T>(url: string): Promise<T> => versioned<T>(await text(url), url);
  /** Newest first, as published; years only when the newest are not enough. */
  const entries = async function* (): AsyncGenerator<IndexEntry> {
    const index = await json<IndexFile>(`${base}/api/v1/index.json`);
    yield* index.records;
    if (index.records.length >= index.total) return;
    const seen = new Set(index.records.map(({ id }) => id));
    for (const { url } of index.years) {
      const year = await json<IndexYearFile>(url);
      yield* year.records.filter(({ id }) => !seen.has(id));
    }
  };
  const chain = async (of: SegmentName, until: string | null): Promise<IndexEntry[] | undefined> => {
    const later: IndexEntry[] = [];
    for await (const entry of entries()) {
      if (entry.list !== of.list || entry.segment !== of.segment) continue;
      if (entry.id === until) return later.reverse();
      later.push(entry);
    }
    return until === null ? later.reverse() : undefined;
  };
  return {
    sync: () => json<SyncFile>(`${base}/api/v1/sync.json`),
    after: (segment, id) => chain(segment, id),
    all: async (segment) => (await chain(segment, null)) ?? [],
    record: async ({ id, hash, url }) => {
      const content = await bytes(url);
      const found = await sha256(content);
      if (found !== hash)
        throw new MirrorError("wrong-hash", `${url}: expected ${hash} of ${id}, found ${found}.`);
      return versioned<LedgerRecord>(new TextDecoder().decode(content), url);
    },
    catchUp: (url) => json<CatchUp>(url),
    text,
  };
}

async function attempt<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw error;
    throw new MirrorError(
      "unreachable",
      `${url}: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
      },
    );
  }
}

/** A minor version only adds members; a major one may mean anything. */
function versioned<T>(text: string, where: string): T {
  const value = parseObject(text, where);
  if (!/^1\.\d+$/.test(String(value["formatVersion"]))) {
    throw new MirrorError(
      "unknown-version",
      `${where}: expected formatVersion 1, found ${String(value["formatVersion"])}. A newer client is needed.`,
    );
  }
  return value as unknown as T;
}
