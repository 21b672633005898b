import {
  canonicalJson,
  type Head,
  type ListState,
  type PlannedArtifact,
  type StoredRecord,
  sha256,
} from "../../domain/index.ts";
import {
  createJudgeMemo,
  JUDGE_VERSION,
  type JudgeMemo,
  type RescreenPack,
  rescreenPack,
} from "../../judge/index.ts";
import { jsonBytes, type LedgerFiles } from "../../ledger/index.ts";
import { type HeadStates, headStates, openStateWalk, type StateWalk } from "../past/state-walk.ts";
import { csvLine } from "./csv.ts";

/**
 * What a screening team has to run again after each publication, as `/api/v1/records/<id>.rescreen.json` and
 * `.csv`. Made from the record and the states around it; only packs that are not there yet are computed.
 */
export function planRescreen(
  files: LedgerFiles,
  heads: readonly Head[],
  records: readonly StoredRecord[],
  stateOf: HeadStates = headStates(files),
): PlannedArtifact[] {
  const chains = new Map<string, Chain>(
    heads.map((head) => [
      `${head.list}/${head.segment}`,
      { walk: openStateWalk(files, head, stateOf), memo: createJudgeMemo() },
    ]),
  );
  const others = openOthers(heads, stateOf);
  return records
    .filter(({ record }) => record.kind === "publication" || record.kind === "correction")
    .flatMap((stored) => {
      const chain = chains.get(`${stored.record.list}/${stored.record.segment}`);
      return chain === undefined ? [] : planPack(stored, chain, others);
    });
}

/** A segment walked record by record, and who holds which key where the walk stands. */
interface Chain {
  readonly walk: StateWalk;
  readonly memo: JudgeMemo;
  last?: { readonly id: string; readonly pack: RescreenPack };
}

function planPack(stored: StoredRecord, chain: Chain, others: OtherLists): PlannedArtifact[] {
  const { record, hash } = stored;
  const inputsHash = sha256(canonicalJson(["rescreen", 1, JUDGE_VERSION, hash]));
  // The last one alone is kept: the two files of a record are made one after the other.
  const pack = (): RescreenPack => {
    if (chain.last?.id !== record.id) chain.last = { id: record.id, pack: makePack(stored, chain, others) };
    return chain.last.pack;
  };
  const path = `api/v1/records/${record.id}.rescreen`;
  return [
    {
      path: `${path}.json`,
      mediaType: "application/json",
      inputsHash,
      render: () => jsonBytes({ formatVersion: "1.0", id: record.id, recordHash: hash, ...pack() }),
    },
    {
      path: `${path}.csv`,
      mediaType: "text/csv; charset=utf-8",
      inputsHash,
      render: () => new TextEncoder().encode(packCsv(pack())),
    },
  ];
}

function makePack({ record }: StoredRecord, { walk, memo }: Chain, others: OtherLists): RescreenPack {
  const { before, after } = walk.step(record.id);
  const { list, coverage } = record;
  const otherList = others(record);
  return rescreenPack({ list, set: record, coverage, before, after, otherList, memo }, record.judgement);
}

type OtherLists = (record: StoredRecord["record"]) => ListState | null;

/** The other list as the judge saw it: only a state with the very hash that the record states will do. */
function openOthers(heads: readonly Head[], stateOf: HeadStates): OtherLists {
  return ({ list, context }) => {
    if (context.otherList === null) return null;
    const head = heads.find((one) => one.list !== list && one.state.hash === context.otherList);
    return head === undefined ? null : stateOf(head);
  };
}

const COLUMNS = ["what", "uid", "type", "name", "key", "label", "value", "normalised", "weak", "why", "note"];

/** One row a key; safe for spreadsheets. */
function packCsv(pack: RescreenPack): string {
  const rows = [
    ...pack.keys.map((key) => [
      "new key",
      ...keyCells(key),
      key.why,
      key.was === undefined ? "" : `was ${key.was}`,
    ]),
    ...pack.removed.map((key) => [
      "removed key",
      ...keyCells(key),
      key.why,
      stillListed(key.stillListedUnder),
    ]),
    ...pack.unknown.map((key) => ["unknown", ...keyCells(key), key.sight, key.detail]),
    ...pack.discriminators.map((one) => [
      "discriminator",
      one.uid,
      one.type,
      one.name,
      one.area,
      one.label,
      one.after ?? "",
      "",
      "",
      one.why,
      one.before === null ? "" : `was ${one.before}`,
    ]),
    ...pack.notCovered.map((one) => [
      "not covered",
      "",
      "",
      "",
      one.area,
      "",
      "",
      "",
      "",
      one.level,
      one.note,
    ]),
  ];
  return [COLUMNS, ...rows].map(csvLine).join("");
}

function keyCells(
  key: RescreenPack["keys"][number] | RescreenPack["removed"][number] | RescreenPack["unknown"][number],
) {
  const { uid, type, name, space, label, raw, normalised, weak } = key;
  return [uid, type, name, space, label, raw, normalised, weak ? "weak" : ""];
}

function stillListed(uids: readonly number[]): string {
  return uids.length === 0 ? "nobody listed has it any more" : `still listed under ${uids.join(", ")}`;
}
