import {
  addDays,
  type ContextEntry,
  compareText,
  type DeltaFacts,
  type IsoDate,
  type Notice,
  type PressRelease,
} from "../../domain/index.ts";
import { type LedgerFiles, type LedgerWriter, parseFile, readLog } from "../../ledger/index.ts";
import { pressReleaseId } from "../../parse/index.ts";

/** What the ledger holds beside its records, newest versions first to be asked for; files are read when they are. */
export interface ContextStore {
  /** Notices of these release dates, each as it was last read; in order of their ids. */
  notices(from: IsoDate, to: IsoDate): readonly ContextEntry[];
  /** One notice as it was last read, by its id. */
  notice(id: string): ContextEntry | undefined;
  press(id: string): PressRelease | undefined;
  delta(publication: number): DeltaFacts | undefined;
  /** The newest reconciliation of a record. */
  reconciliation(recordId: string): ContextEntry | undefined;
  /** The id of the next version of what an entry holds: `20230523`, then `20230523-v2`. */
  nextId(kind: ContextEntry["kind"], id: string): string;
}

const PREFIX = {
  notice: "notice",
  "press-release": "press",
  delta: "delta",
  reconciliation: "reconciliation",
} as const;

/** Where an entry lies under `context/`. */
export function contextName(entry: ContextEntry): string {
  return `${entry.date?.slice(0, 4) ?? "undated"}/${PREFIX[entry.kind]}-${entry.id}.json`;
}

export function putContext(writer: LedgerWriter, entries: readonly ContextEntry[]): void {
  for (const entry of entries) writer.put("context", contextName(entry), entry);
}

interface Version {
  readonly version: number;
  entry(): ContextEntry | undefined;
}

/** The context of a ledger, with entries that are about to be put on top. */
export function openContextStore(files: LedgerFiles, fresh: readonly ContextEntry[] = []): ContextStore {
  const newest = new Map<string, Version>();
  const note = (name: string, entry: Version["entry"]) => {
    const [, base = name, version = "1"] = /^((?:notice|reconciliation)-.*?)(?:-v(\d+))?$/.exec(name) ?? [];
    const known = newest.get(base);
    if (known === undefined || Number(version) > known.version) {
      newest.set(base, { version: Number(version), entry });
    }
  };
  for (const { path } of readLog(files, "context")) {
    note(path.slice(path.lastIndexOf("/") + 1).replace(/\.json$/, ""), () => {
      const bytes = files.read(path);
      return bytes === undefined ? undefined : parseFile<ContextEntry>(path, bytes);
    });
  }
  for (const entry of fresh) note(`${PREFIX[entry.kind]}-${entry.id}`, () => entry);
  const get = (kind: ContextEntry["kind"], id: string) => newest.get(`${PREFIX[kind]}-${id}`)?.entry();
  return {
    notices: (from, to) =>
      [...newest.keys()]
        .sort(compareText)
        // A page is dated by its text; its address may be a day or two off.
        .filter((name) => mayBeDated(name, addDays(from, -SLACK_DAYS), addDays(to, SLACK_DAYS)))
        .flatMap((name) => newest.get(name)?.entry() ?? [])
        .filter(({ notice }) => notice !== undefined && notice.date >= from && notice.date <= to),
    notice: (id) => get("notice", id),
    press: (id) => get("press-release", id)?.pressRelease,
    delta: (publication) => get("delta", String(publication))?.delta,
    reconciliation: (recordId) => get("reconciliation", recordId),
    nextId: (kind, id) => {
      const known = newest.get(`${PREFIX[kind]}-${id}`);
      return known === undefined ? id : `${id}-v${known.version + 1}`;
    },
  };
}

const SLACK_DAYS = 10;

function mayBeDated(name: string, from: IsoDate, to: IsoDate): boolean {
  const [, year, month, day] = /^notice-(\d{4})(\d\d)(\d\d)/.exec(name) ?? [];
  const date = `${year}-${month}-${day}`;
  return year !== undefined && date >= from && date <= to;
}

/** The press releases that notices link and the ledger holds, once each, in the order of the links. */
export function pressOf(notices: readonly Notice[], store: Pick<ContextStore, "press">): PressRelease[] {
  const ids = notices.flatMap(({ pressReleases }) =>
    pressReleases.flatMap(({ url }) => pressReleaseId(url) ?? []),
  );
  return [...new Set(ids)].flatMap((id) => store.press(id) ?? []);
}
