import { openLedger } from "../../src/app/ledger-writer.ts";
import { readList } from "../../src/app/look/read-list.ts";
import { makeRecord } from "../../src/app/look/record.ts";
import { sequencesOf } from "../../src/app/look/sequence.ts";
import { openRawStore } from "../../src/app/raw/store.ts";
import { diffStates } from "../../src/diff/index.ts";
import {
  decodeParty,
  type ListId,
  type Party,
  partyLine,
  partyMap,
  type StoredRecord,
} from "../../src/domain/index.ts";
import { type LedgerFiles, readHead, readState } from "../../src/ledger/index.ts";
import { type ComposedParty, composeLegacyXml } from "../support/compose-legacy.ts";

/** A publication as OFAC has it, and what a faulty reading made of it. */
export interface Day {
  readonly date: string;
  readonly parties: readonly ComposedParty[];
  /** Plants the fault: the party as it was recorded; undefined: it was missed. */
  readonly fault?: (party: Party) => Party | undefined;
  /** Plants another fault: parties that were recorded although the file has them not. */
  readonly ghosts?: readonly ComposedParty[];
  /** OFAC's number of it. */
  readonly publication?: number;
  /** Another version of the reader that recorded it. */
  readonly interpreter?: string;
}

/** SDN.XML of a day. */
export function fileOf({ date, parties }: Day): Uint8Array {
  return new TextEncoder().encode(composeLegacyXml(date, parties));
}

/** Records days as `update` does, each from its own file, and keeps the files where there is a store for them. */
export async function recordDays(
  files: LedgerFiles,
  days: readonly Day[],
  raw?: LedgerFiles,
  list: ListId = "sdn",
): Promise<StoredRecord[]> {
  const stored: StoredRecord[] = [];
  for (const day of days) {
    const bytes = fileOf(day);
    const name = list === "sdn" ? "SDN.XML" : "CONSOLIDATED.XML";
    const reading = await readList([{ name, bytes }], { list, provenance: "composed" });
    const seen = { ...day, parties: [...day.parties, ...(day.ghosts ?? [])] };
    const { state } =
      day.ghosts === undefined
        ? reading
        : await readList([{ name, bytes: fileOf(seen) }], { list, provenance: "composed" });
    const lines = [...state.parties.values()].flatMap((line) => {
      const party = day.fault === undefined ? decodeParty(line) : day.fault(decodeParty(line));
      return party === undefined ? [] : [partyLine(party)];
    });
    const after = { ...reading.state, parties: partyMap(lines) };
    const head = readHead(files, { list, segment: "live" });
    const before = head === undefined ? null : readState(files, head);
    const record = makeRecord(
      {
        segment: "live",
        origin: "live",
        kind: before === null ? "baseline" : "publication",
        date: day.date,
        dateBasis: "publish-date",
        sequence: sequencesOf(files).next(list, day.date),
        window: { after: null, notLaterThan: `${day.date}T14:01:44Z` },
        ofacPublications: [
          { id: day.publication ?? 500 + stored.length, datePublished: `${day.date}T10:01:44` },
        ],
        interpreter: day.interpreter ?? reading.interpreter,
        sources: reading.sources,
        issues: reading.issues,
        before,
        from: head?.state ?? null,
        after,
        set: before === null ? { changes: [], unknown: [] } : diffStates(before, after),
        otherList: null,
        previous: head === undefined ? null : { id: head.id, hash: head.hash },
      },
      {},
    );
    const writer = await openLedger(files);
    const one = writer.append(record, after);
    writer.observe({
      formatVersion: "1.0",
      id: record.id,
      firstSeen: `${day.date}T14:20:00Z`,
      receipts: [],
      route: "https://ofac.example/SDN.XML",
      warnings: [],
    });
    writer.commit();
    stored.push(one);
    if (raw === undefined) continue;
    const store = openRawStore(raw);
    store.keep(
      one,
      reading.sources.map((ref) => ({ ref, bytes, receipt: null })),
      `${day.date}T14:20:00Z`,
    );
    store.commit();
  }
  return stored;
}
