import {
  type CatchUp,
  type ContextEntry,
  countTypes,
  decodeParty,
  densityOf,
  FORMAT_VERSION,
  type Head,
  type IndexEntry,
  type IndexFile,
  type IndexYearFile,
  type LatestFile,
  type Observation,
  type Party,
  type PartyFile,
  type SegmentsFile,
  type StatusFile,
  type StoredRecord,
  type SyncFile,
  sha256,
} from "../../domain/index.ts";
import type { WalletEntry } from "../../judge/index.ts";
import type { Manifest } from "../../ledger/index.ts";
import { catchUp, pointOf } from "../compose.ts";
import type { KitStep } from "../conformance/chain.ts";
import type { RescreenFile, WalletChangesFile } from "./screening.ts";

/* Examples for the schemas: composed, of the conformance kit's chain where there is one. */

const SITE = "https://ledger.example";
const HASH = sha256("");
const AT = "2020-01-07T18:05:00Z";

function last(chain: readonly KitStep[]): KitStep {
  const step = chain.at(-1);
  if (step === undefined) throw new Error("the chain is empty");
  return step;
}

export function parties(chain: readonly KitStep[]): Party[] {
  return [...last(chain).parties.values()].map(decodeParty);
}

export function head(chain: readonly KitStep[]): Head {
  const { stored } = last(chain);
  const { record, hash } = stored;
  const { list, segment, origin, id, date, profile, interpreter, coverage, sources, window } = record;
  const counts = countTypes(parties(chain).map(({ type }) => type));
  const state = record.state.to;
  return {
    formatVersion: FORMAT_VERSION,
    ...{ list, segment, origin, id, hash, date, state, counts, profile, interpreter, coverage },
    records: chain.length,
    sources,
    window,
    shards: { "0": HASH },
  };
}

function indexEntry({ record, hash, bytes }: StoredRecord): IndexEntry {
  const { id, list, segment, origin, kind, date, headline, counts, state, previous, judgement } = record;
  const { materiality, legalEffect, screeningEffect } = judgement;
  return {
    ...{ id, list, segment, origin, kind, date, headline, counts, materiality, legalEffect, screeningEffect },
    hash,
    bytes: bytes.length,
    contextHash: HASH,
    state,
    previous,
    url: `${SITE}/api/v1/records/${id}.json`,
    page: `${SITE}/publications/${id}/`,
  };
}

export function indexFile(chain: readonly KitStep[]): IndexFile {
  const records = chain.map(({ stored }) => indexEntry(stored)).reverse();
  const year = { year: "2020", records: records.length, url: `${SITE}/api/v1/index/2020.json` };
  return {
    formatVersion: FORMAT_VERSION,
    total: records.length,
    records,
    years: [{ ...year, hash: HASH, bytes: 0 }],
  };
}

export function indexYearFile(chain: readonly KitStep[]): IndexYearFile {
  return { formatVersion: FORMAT_VERSION, year: "2020", records: indexFile(chain).records };
}

export function latestFile(chain: readonly KitStep[]): LatestFile {
  const { list, segment, state, counts, coverage } = head(chain);
  const record = indexEntry(last(chain).stored);
  return { formatVersion: FORMAT_VERSION, lists: [{ list, segment, state, counts, coverage, record }] };
}

export function segmentsFile(chain: readonly KitStep[]): SegmentsFile {
  const { list, segment, origin, profile, interpreter, coverage, records, state, id } = head(chain);
  const density = densityOf(chain.map(({ stored }) => stored.record));
  return {
    formatVersion: FORMAT_VERSION,
    segments: [
      { list, segment, origin, profile, interpreter, coverage, records, state, head: id, ...density },
    ],
  };
}

export function catchUpFile(chain: readonly KitStep[]): CatchUp {
  const [base, ...rest] = chain.map(({ stored }) => stored.record);
  if (base === undefined) throw new Error("the chain is empty");
  return catchUp(base, rest);
}

export function syncFile(chain: readonly KitStep[]): SyncFile {
  const { from, to } = catchUpFile(chain);
  const { list, segment, origin, profile, records, hash } = head(chain);
  const states = [from, to].map((point) => ({ ...point, url: `${SITE}/api/v1/states/${point.id}.ndjson` }));
  const url = (name: string) => `${SITE}/api/v1/catch-up/${name}.json`;
  return {
    formatVersion: FORMAT_VERSION,
    segments: [
      {
        ...{ list, segment, origin, profile, records },
        head: { ...pointOf(last(chain).stored.record), hash },
        states,
        since: [{ from, to, url: url(`since/${from.id}`) }],
        months: [{ from, to, url: url(`${list}/${segment}/2020-01`) }],
      },
    ],
  };
}

export function partyFile(chain: readonly KitStep[]): PartyFile {
  const [party] = parties(chain);
  const { record, hash } = last(chain).stored;
  const change = record.changes.find(({ uid }) => uid === party?.uid);
  if (party === undefined || change === undefined)
    throw new Error("the chain's last record changes its first party");
  const { id, list, segment, date, headline } = record;
  const url = `${SITE}/api/v1/records/${id}.json`;
  return {
    formatVersion: FORMAT_VERSION,
    ...{ uid: party.uid, name: party.name.full, type: party.type, standing: "listed", party },
    history: [{ id, list, segment, date, headline, hash, url, change, unknown: [] }],
  };
}

export function statusFile(chain: readonly KitStep[]): StatusFile {
  const { record, hash } = last(chain).stored;
  const { id, headline } = record;
  return {
    formatVersion: FORMAT_VERSION,
    lookedAt: AT,
    answeredAt: AT,
    sources: [{ source: "sdn", state: "current", lastLook: AT, lastSuccess: AT }],
    held: [],
    newest: { id, headline, hash, page: `${SITE}/publications/${id}/` },
  };
}

const address: WalletEntry = {
  address: "composed-address",
  labels: ["XBT"],
  uids: [100],
  formats: [],
  notes: ["the address is valid for no format that is known"],
};

export const wallets = { formatVersion: FORMAT_VERSION, addresses: [address] };

export function walletChanges(chain: readonly KitStep[]): WalletChangesFile {
  const { record, hash } = last(chain).stored;
  return { formatVersion: FORMAT_VERSION, id: record.id, recordHash: hash, added: [], removed: [address] };
}

export function rescreen(chain: readonly KitStep[]): RescreenFile {
  const { record, hash } = last(chain).stored;
  const key = {
    ...{ uid: 2000, type: "individual", name: "EXAMPLE, Ann" },
    label: "Passport",
    weak: false,
  } as const;
  return {
    formatVersion: FORMAT_VERSION,
    ...{ id: record.id, recordHash: hash, list: record.list },
    keys: [{ ...key, space: "document", raw: "X0000000", normalised: "X0000000", why: "listing" }],
    removed: [],
    discriminators: [],
    unknown: [],
    notCovered: [{ area: "remarks", level: "truncated", note: "cut at 1,000 characters" }],
  };
}

export function observation(chain: readonly KitStep[]): Observation {
  const url = "https://ofac.example/SDN.CSV";
  const headers = { etag: null, lastModified: null, publicationId: null, previewDate: null, deltaName: null };
  return {
    formatVersion: FORMAT_VERSION,
    id: last(chain).stored.record.id,
    firstSeen: AT,
    receipts: [{ url, finalHost: "ofac.example", status: 200, bytes: 0, sha256: HASH, ...headers, at: AT }],
    route: url,
    warnings: [],
  };
}

const page = { title: "Composed example", url: "https://ofac.example/20200107", sha256: HASH, issues: [] };

export const contextEntries: readonly ContextEntry[] = [
  {
    formatVersion: FORMAT_VERSION,
    kind: "notice",
    id: "20200107",
    date: "2020-01-07",
    notice: {
      ...page,
      id: "20200107",
      date: "2020-01-07",
      nodeId: null,
      categories: ["Sanctions List Updates"],
      pressReleases: [],
      downloads: [],
      text: "Composed; not an OFAC page.",
    },
    provenance: "composed",
  },
  {
    formatVersion: FORMAT_VERSION,
    kind: "press-release",
    id: "jy0000",
    date: "2020-01-07",
    pressRelease: {
      ...page,
      id: "jy0000",
      published: null,
      date: "2020-01-07",
      text: "Composed; not a press release.",
      notices: [],
    },
    provenance: "composed",
  },
];

export function manifest(chain: readonly KitStep[]): Manifest {
  const { list, segment } = head(chain);
  return { formatVersion: "1.0", heads: { [`${list}/${segment}/head.json`]: HASH }, logs: {}, seal: HASH };
}
