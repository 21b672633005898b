import {
  AREA_NAMES,
  type Area,
  type Delta,
  type DeltaChange,
  type DeltaEntity,
  type DeltaFacts,
  type DeltaRecord,
  type Party,
} from "../domain/index.ts";
import { enhancedParty } from "./enhanced.ts";

/** The party that a delta adds (or the former one that it removes), as the Enhanced file of that day has it. */
export function deltaParty(record: DeltaRecord): Party | undefined {
  return record.op === "modify" ? undefined : enhancedParty(record.entity).party();
}

/**
 * What OFAC's deltas of successive publications say together, in publication order (ofac-formats §5.3): a
 * party added and removed in between is not mentioned.
 */
export function deltaFacts(
  deltas: readonly { readonly publication: number; readonly delta: Delta }[],
): DeltaFacts {
  return joinDeltas(
    deltas.map(({ publication, delta }) => ({
      publications: [publication],
      entities: delta.entities.map(entityFacts),
    })),
  );
}

/** Several deltas of successive publications as one, in publication order. */
export function joinDeltas(deltas: readonly DeltaFacts[]): DeltaFacts {
  const entities = new Map<number, DeltaEntity>();
  for (const entity of deltas.flatMap((delta) => delta.entities)) {
    const folded = fold(entities.get(entity.uid), entity);
    if (folded === undefined) entities.delete(entity.uid);
    else entities.set(entity.uid, folded);
  }
  return {
    publications: deltas.flatMap((delta) => delta.publications),
    entities: [...entities.values()].sort((a, b) => a.uid - b.uid),
  };
}

function entityFacts(record: DeltaRecord): DeltaEntity {
  if (record.op === "modify") {
    return { uid: record.uid, op: "modify", lists: record.lists, areas: changedAreas(record.changes) };
  }
  return { uid: record.uid, op: record.op, lists: record.entity.lists.map((list) => list.value), areas: [] };
}

function fold(before: DeltaEntity | undefined, after: DeltaEntity): DeltaEntity | undefined {
  if (before === undefined) return after;
  const lists = [...new Set([...before.lists, ...after.lists])];
  if (before.op === "add") return after.op === "remove" ? undefined : { ...before, lists };
  if (before.op === "remove" && after.op === "add") return { ...after, op: "modify", lists };
  const areas = AREA_NAMES.filter((area) => before.areas.includes(area) || after.areas.includes(area));
  return after.op === "modify" ? { ...before, lists, areas } : { ...after, lists };
}

/**
 * Areas that really changed. A part that is removed and added again with the same content under a new id (in
 * the same address, the same name) is no change.
 */
function changedAreas(changes: readonly DeltaChange[]): Area[] {
  const balance = new Map<string, { count: number; areas: readonly Area[] }>();
  const areas = new Set<Area>();
  for (const change of changes) {
    if (change.action === "update") {
      for (const area of change.areas) areas.add(area);
      continue;
    }
    const key = JSON.stringify([change.path, change.owner, change.content]);
    const entry = balance.get(key) ?? { count: 0, areas: change.areas };
    entry.count += change.action === "add" ? 1 : -1;
    balance.set(key, entry);
  }
  for (const entry of balance.values()) {
    if (entry.count !== 0) for (const area of entry.areas) areas.add(area);
  }
  return AREA_NAMES.filter((area) => areas.has(area));
}
