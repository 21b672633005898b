import {
  areaShape,
  type ChangeSet,
  type FieldChange,
  type ModifiedParty,
  type Name,
  type PartyChange,
  type UnknownChange,
} from "../domain/index.ts";
import { childKey, distinctKeys, inOrder, inUnknownOrder } from "./children.ts";

/**
 * The change set that leads back. Laws: `applyChanges(after, invert(diffStates(before, after)))` is `before`, and
 * `invert(diffStates(before, after))` is `diffStates(after, before)`.
 */
export function invert(set: ChangeSet): ChangeSet {
  const unknown = inUnknownOrder(set.unknown.map(invertUnknown));
  const changes = set.changes.map(invertParty);
  return rekey({ changes, unknown });
}

function invertParty(change: PartyChange): PartyChange {
  switch (change.op) {
    case "add": {
      const { after, ...rest } = change;
      return { ...rest, op: "remove", before: after };
    }
    case "remove": {
      const { before, ...rest } = change;
      return { ...rest, op: "add", after: before };
    }
    case "modify":
      return {
        ...change,
        ...formerSelf(change),
        beforeHash: change.afterHash,
        afterHash: change.beforeHash,
        fields: inOrder(change.fields.map(invertField)),
      };
  }
}

/** Type and name before the change. */
function formerSelf(change: ModifiedParty): { type: string; name: string } {
  const type = change.fields.find((field) => field.area === "type")?.before;
  const name = change.fields.find((field) => field.area === "name")?.before;
  return {
    type: typeof type === "string" ? type : change.type,
    name: isName(name) ? name.full : change.name,
  };
}

function isName(value: unknown): value is Name {
  return typeof value === "object" && value !== null && "full" in value;
}

/** A change is keyed by its former child; read backwards that is the other one. */
function invertField(field: FieldChange): FieldChange {
  const { area, before, after, paths } = field;
  const first = after ?? before;
  return {
    area,
    action: field.action === "add" ? "remove" : field.action === "remove" ? "add" : "change",
    key: first === undefined ? field.key : childKey(areaShape(area), first),
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    ...(paths === undefined ? {} : { paths }),
  };
}

function invertUnknown(entry: UnknownChange): UnknownChange {
  const { uid, type, name, reason, detail } = entry;
  return {
    uid,
    type,
    name,
    beforeHash: entry.afterHash,
    afterHash: entry.beforeHash,
    ...invertField(entry),
    reason,
    detail,
  };
}

/** Tells equal keys of a party apart again, over proven and unknown fields together, as the diff does. */
function rekey(set: ChangeSet): ChangeSet {
  const keys = new Map<FieldChange, string>();
  const former = new Map<number, { type: string; name: string }>();
  const modified = new Map(set.changes.filter((c) => c.op === "modify").map((c) => [c.uid, c]));
  for (const uid of new Set([...modified.keys(), ...set.unknown.map((entry) => entry.uid)])) {
    const change = modified.get(uid);
    const doubted = set.unknown.filter((entry) => entry.uid === uid);
    const fields = inOrder<FieldChange>([...(change?.fields ?? []), ...doubted]);
    distinctKeys(fields).forEach((field, i) => {
      const original = fields[i];
      if (original !== undefined) keys.set(original, field.key);
    });
    if (change !== undefined) former.set(uid, { type: change.type, name: change.name });
  }
  const keyed = <F extends FieldChange>(field: F): F => ({ ...field, key: keys.get(field) ?? field.key });
  return {
    changes: set.changes.map((c) => (c.op === "modify" ? { ...c, fields: c.fields.map(keyed) } : c)),
    unknown: set.unknown.map((entry) => ({ ...keyed(entry), ...former.get(entry.uid) })),
  };
}
