import {
  canonicalJson,
  FORMAT_VERSION,
  type Head,
  once,
  type PlannedArtifact,
  type PublishedCatchUp,
  type StoredRecord,
  type SyncFile,
  type SyncSegment,
  sha256,
} from "../../domain/index.ts";
import { headPath, jsonBytes, type LedgerFiles, recordPath, signatureName } from "../../ledger/index.ts";
import type { SiteFacts } from "../../render/index.ts";
import { catchUp, pointOf } from "../compose.ts";
import { kitArchive } from "../conformance/kit.ts";
import { stateCsv, stateNdjson } from "../export.ts";
import { type HeadStates, headStates } from "../past/state-walk.ts";
import { SCHEMA_FILES, schemaFiles } from "../schema/index.ts";
import { flatChanges } from "./api/flat-changes.ts";
import { changesCsv, changesNdjson, changesParquet, MEDIA, partiesParquet, utf8 } from "./api/flat-files.ts";
import { type Month, monthsOf, type PublishedSegment, publishedSegments } from "./api/segment.ts";

/** What the API's files are planned from. */
export interface ApiInput {
  readonly files: LedgerFiles;
  readonly heads: readonly Head[];
  /** Of all segments. */
  readonly records: readonly StoredRecord[];
  readonly site: Pick<SiteFacts, "baseUrl" | "renderer">;
  readonly stateOf?: HeadStates;
}

const JSON_TYPE = "application/json";
const ROOT = "api/v1";

/** For so many records before the newest there is one change set to the newest. */
const SINCE = 30;

/**
 * The files of the JSON API that come from the ledger as a whole: states, catch-up files, flat exports, heads and
 * signatures, schemas, the conformance kit. Records, index and pages are rendered elsewhere.
 */
export function planApiFiles(input: ApiInput): PlannedArtifact[] {
  const { files, heads, records, stateOf = headStates(files) } = input;
  const segments = publishedSegments(files, heads, records, stateOf);
  return [
    planned(
      input,
      `${ROOT}/sync.json`,
      JSON_TYPE,
      segments.map(({ newest }) => newest.hash),
      () => jsonBytes(syncFile(input, segments)),
    ),
    ...segments.flatMap((segment) => [
      ...planStates(input, segment),
      ...planCatchUps(input, segment),
      ...planExports(input, segment),
      ...planProofs(input, segment),
    ]),
    ...planStandards(input),
  ];
}

/** What a file is made from, next to the code that makes it. */
function planned(
  { site }: Pick<ApiInput, "site">,
  path: string,
  mediaType: string,
  facts: unknown,
  render: () => Uint8Array,
): PlannedArtifact {
  const inputsHash = sha256(canonicalJson([path, site.baseUrl, site.renderer, facts]));
  return { path, mediaType, inputsHash, render };
}

const statePath = (id: string): string => `${ROOT}/states/${id}.ndjson`;
const sincePath = (id: string): string => `${ROOT}/catch-up/since/${id}.json`;
const folderOf = ({ head }: PublishedSegment): string => `${head.list}/${head.segment}`;
const monthPath = (segment: PublishedSegment, month: string): string =>
  `${ROOT}/catch-up/${folderOf(segment)}/${month}.json`;

/** The states after the baseline and after the newest record; of a segment with one record they are one. */
function planStates(input: ApiInput, segment: PublishedSegment): PlannedArtifact[] {
  const ends = segment.records.length === 1 ? (["newest"] as const) : (["baseline", "newest"] as const);
  return ends.map((which) => {
    const { record } = segment[which];
    return planned(input, statePath(record.id), MEDIA.ndjson, record.state.to, () =>
      utf8(stateNdjson(segment.parties(which))),
    );
  });
}

/** Only a chain that grows needs files for those who missed its last records. */
function recentOf({ head, records }: PublishedSegment): readonly StoredRecord[] {
  return head.origin === "live" ? records.slice(-1 - SINCE, -1) : [];
}

function planCatchUps(input: ApiInput, segment: PublishedSegment): PlannedArtifact[] {
  return [
    ...recentOf(segment).map(({ record, hash }) =>
      planned(input, sincePath(record.id), JSON_TYPE, [hash, segment.newest.hash], () =>
        jsonBytes(segment.since(record.id)),
      ),
    ),
    ...monthsOf(segment).map(({ month, base, records }) =>
      planned(input, monthPath(segment, month), JSON_TYPE, [base, ...records].map(hashOf), () =>
        jsonBytes(
          catchUp(
            base.record,
            records.map(({ record }) => record),
          ),
        ),
      ),
    ),
  ];
}

const hashOf = ({ hash }: StoredRecord): string => hash;

/** Flat files: the changes of each month, so that a publication makes those of its own anew, and the parties as they stand. */
function planExports(input: ApiInput, segment: PublishedSegment): PlannedArtifact[] {
  const folder = `${ROOT}/exports/${folderOf(segment)}`;
  const { state } = segment.head;
  const rowsOf = keepLast((records: readonly StoredRecord[]) =>
    records.flatMap(({ record }) => flatChanges(record)),
  );
  return [
    ...monthsOf(segment).flatMap(({ month, records }) => {
      const facts = records.map(hashOf);
      const path = `${folder}/changes-${month}`;
      const rows = () => rowsOf(records);
      return [
        planned(input, `${path}.csv`, MEDIA.csv, facts, () => changesCsv(rows())),
        planned(input, `${path}.ndjson`, MEDIA.ndjson, facts, () => changesNdjson(rows())),
        planned(input, `${path}.parquet`, MEDIA.parquet, facts, () => changesParquet(rows())),
      ];
    }),
    planned(input, `${folder}/parties.csv`, MEDIA.csv, state, () =>
      utf8(stateCsv(segment.parties("newest"))),
    ),
    planned(input, `${folder}/parties.parquet`, MEDIA.parquet, state, () =>
      partiesParquet(segment.parties("newest")),
    ),
  ];
}

/** Remembers the last answer alone: three files are made from the rows of a month, one after the other. */
function keepLast<A extends object, R>(make: (of: A) => R): (of: A) => R {
  let last: { readonly of: A; readonly made: R } | undefined;
  return (of) => {
    if (last?.of !== of) last = { of, made: make(of) };
    return last.made;
  };
}

/** The head as in the ledger, and the signatures of head and records where there are any. */
function planProofs(input: ApiInput, segment: PublishedSegment): PlannedArtifact[] {
  const { list, segment: name } = segment.head;
  const head = headPath(list, name);
  const published = `${ROOT}/heads/${folderOf(segment)}.json`;
  return [
    ...copied(input, head, published),
    ...copied(input, `signatures/${signatureName(head)}`, `${published}.sig`),
    ...segment.records.flatMap(({ record }) =>
      copied(
        input,
        `signatures/${signatureName(recordPath(record))}`,
        `${ROOT}/records/${record.id}.json.sig`,
      ),
    ),
  ];
}

/** A file of the ledger, byte for byte, where it is there. */
function copied(input: ApiInput, from: string, to: string): PlannedArtifact[] {
  const bytes = input.files.read(from);
  return bytes === undefined ? [] : [planned(input, to, JSON_TYPE, sha256(bytes), () => bytes)];
}

/** What does not depend on the ledger: schemas and conformance kit, of the renderer's code and nothing else. */
function planStandards(input: ApiInput): PlannedArtifact[] {
  const made = once(schemaFiles);
  const schemas = SCHEMA_FILES.map((name) =>
    planned(input, `${ROOT}/schema/${name}`, "application/schema+json", null, () => {
      const bytes = made().get(name);
      if (bytes === undefined) throw new Error(`no schema of the name ${name}`);
      return bytes;
    }),
  );
  return [...schemas, planned(input, `${ROOT}/conformance-kit.zip`, "application/zip", null, kitArchive)];
}

function syncFile(input: ApiInput, segments: readonly PublishedSegment[]): SyncFile {
  return { formatVersion: FORMAT_VERSION, segments: segments.map((segment) => syncSegment(input, segment)) };
}

function syncSegment({ site }: ApiInput, segment: PublishedSegment): SyncSegment {
  const { list, segment: name, origin, profile, records } = segment.head;
  const absolute = (path: string) => `${site.baseUrl}/${path}`;
  const newest = pointOf(segment.newest.record);
  const baseline = pointOf(segment.baseline.record);
  const ends = segment.records.length === 1 ? [newest] : [baseline, newest];
  const months = monthsOf(segment).map(
    ({ month, base, records: own }: Month): PublishedCatchUp => ({
      from: pointOf(base.record),
      to: pointOf((own.at(-1) ?? base).record),
      url: absolute(monthPath(segment, month)),
    }),
  );
  return {
    list,
    segment: name,
    origin,
    profile,
    records,
    head: { ...newest, hash: segment.newest.hash },
    states: ends.map((point) => ({ ...point, url: absolute(statePath(point.id)) })),
    since: recentOf(segment)
      .map(({ record }) => ({ from: pointOf(record), to: newest, url: absolute(sincePath(record.id)) }))
      .reverse(),
    months,
  };
}
