import { diffStates } from "../../diff/index.ts";
import {
  type ListState,
  type PartyLine,
  partyLine,
  partyMap,
  type StoredRecord,
  sha256,
} from "../../domain/index.ts";
import { jsonBytes } from "../../ledger/index.ts";
import { makeRecord } from "../look/record.ts";
import { KIT_DAYS, type KitDay } from "./days.ts";

/** A record of the kit with the state it leads to. */
export interface KitStep {
  readonly stored: StoredRecord;
  readonly parties: ReadonlyMap<number, PartyLine>;
}

/** The kit's chain: a baseline and a publication a day, made as any records are. */
export function kitChain(): KitStep[] {
  const steps: (KitStep & { readonly state: ListState })[] = [];
  for (const day of KIT_DAYS) {
    const before = steps.at(-1);
    const after = stateOf(day);
    const record = makeRecord(
      {
        segment: "conformance",
        origin: "import",
        kind: before === undefined ? "baseline" : "publication",
        date: day.date,
        dateBasis: "publish-date",
        sequence: 1,
        window: { after: null, notLaterThan: null },
        ofacPublications: [],
        interpreter: "csv/1",
        sources: [{ file: "SDN.CSV", sha256: sha256(day.date), bytes: 0, provenance: "composed" }],
        issues: [],
        before: before?.state ?? null,
        from: before?.stored.record.state.to ?? null,
        after,
        set: before === undefined ? { changes: [], unknown: [] } : diffStates(before.state, after),
        otherList: null,
        previous: before === undefined ? null : { id: before.stored.record.id, hash: before.stored.hash },
      },
      {},
    );
    const bytes = jsonBytes(record);
    steps.push({ stored: { record, bytes, hash: sha256(bytes) }, parties: after.parties, state: after });
  }
  return steps.map(({ stored, parties }) => ({ stored, parties }));
}

function stateOf({ parties }: KitDay): ListState {
  return {
    list: "sdn",
    profile: "csv",
    coverage: { remarks: "truncated" },
    parties: partyMap(parties.map(partyLine)),
  };
}
