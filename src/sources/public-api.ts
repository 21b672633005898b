import { ContentError, type Instant, type OfacPublication, type Receipt } from "../domain/index.ts";
import { below } from "./catalog.ts";
import { type ClockReading, easternInstant, isEasternTime } from "./eastern.ts";
import type { FetchedDocument, Fetcher, FetchResult } from "./fetcher.ts";
import type { SourceSettings } from "./settings.ts";

/** One publication of OFAC's, from its history. */
export interface HistoryEntry extends OfacPublication {
  /** `datePublished` (US Eastern, without offset) as an instant. */
  readonly at: Instant;
  readonly reading: ClockReading;
}

/** OFAC's public API (its "SLS public API" document): what was published when, and OFAC's own deltas. */
export interface PublicApi {
  /** Publications of one year, ascending by id; none is an empty list. Throws `bad-history` (exit 4). */
  history(year: number): Promise<readonly HistoryEntry[]>;
  /** Publications with an id above `after`, over the years from `fromYear` to `toYear`, ascending by id. */
  historySince(after: number, fromYear: number, toYear: number): Promise<readonly HistoryEntry[]>;
  /** The newest delta. */
  latestDelta(previous?: Receipt): Promise<FetchResult>;
  /** The delta of one publication. */
  delta(publicationId: number): Promise<FetchedDocument>;
  /** The service's word that it is alive. Throws SourceError when it is not. */
  alive(): Promise<string>;
}

export function createPublicApi(fetcher: Fetcher, settings: SourceSettings): PublicApi {
  const url = (path: string) => below(settings.serviceBase, path);

  async function whole(path: string, rest: Omit<Parameters<Fetcher["fetch"]>[0], "url" | "previous">) {
    const result = await fetcher.fetch({ ...rest, url: url(path) });
    if (result.kind === "not-modified") throw new Error("not modified without a condition");
    return result.document;
  }

  async function history(year: number): Promise<readonly HistoryEntry[]> {
    const name = `changes/history/${year}`;
    return readHistory(await whole(`/${name}`, { name, size: "page" }), name);
  }

  return {
    history,
    async historySince(after, fromYear, toYear) {
      const found: HistoryEntry[] = [];
      for (let year = fromYear; year <= toYear; year++) found.push(...(await history(year)));
      return found.filter((entry) => entry.id > after).sort((a, b) => a.id - b.id);
    },
    latestDelta: (previous) =>
      fetcher.fetch({
        url: url("/changes/latest"),
        name: "delta-latest.xml",
        provenance: "official delta",
        ...(previous === undefined ? {} : { previous }),
      }),
    delta: (id) => whole(`/changes/${id}`, { name: `delta-${id}.xml`, provenance: "official delta" }),
    async alive() {
      const document = await whole("/alive", { name: "alive", size: "page", mayBeEmpty: true });
      return new TextDecoder().decode(document.bytes.subarray(0, 200)).trim();
    },
  };
}

function readHistory(document: FetchedDocument, where: string): HistoryEntry[] {
  const refuse = (found: string): never => {
    throw new ContentError(
      "bad-history",
      `${where}: expected a JSON array of {"publicationID", "datePublished"}, found ${found}. ` +
        "If OFAC has changed its API, this program must learn it; the list files can be read without it.",
    );
  };
  const parsed = parseJson(document.bytes);
  if (!Array.isArray(parsed)) return refuse(shortly(parsed));
  const entries = parsed.map((row: unknown): HistoryEntry => {
    const id = member(row, "publicationID");
    const datePublished = member(row, "datePublished");
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1)
      return refuse(`the row ${shortly(row)}`);
    if (typeof datePublished !== "string" || !isEasternTime(datePublished))
      return refuse(`the row ${shortly(row)}`);
    return entryOf(id, datePublished);
  });
  const ids = new Set<number>();
  const twice = entries.find(({ id }) => ids.size === ids.add(id).size);
  if (twice !== undefined) return refuse(`publication ${twice.id} twice`);
  return entries.sort((a, b) => a.id - b.id);
}

/** The clock in Washington is asked when an instant is wanted: of hundreds of a year's publications, few are. */
function entryOf(id: number, datePublished: string): HistoryEntry {
  let known: ReturnType<typeof easternInstant>;
  const time = () => {
    known ??= easternInstant(datePublished);
    if (known === undefined) throw new Error(`${datePublished} is no time`);
    return known;
  };
  return {
    id,
    datePublished,
    get at() {
      return time().at;
    },
    get reading() {
      return time().reading;
    },
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return new TextDecoder("latin1").decode(bytes.subarray(0, 60));
  }
}

function member(row: unknown, name: string): unknown {
  return typeof row === "object" && row !== null && Object.hasOwn(row, name)
    ? Reflect.get(row, name)
    : undefined;
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
