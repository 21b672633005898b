import {
  type ChangeSet,
  decodeParty,
  type ListState,
  type PartyChange,
  type PartyLine,
  type UnknownChange,
} from "../domain/index.ts";
import { compareParties, isCut, partByProof } from "./party.ts";

/**
 * What changed from one state to another. Facts only. Parties whose lines are equal are never decoded.
 * Law: `applyChanges(before, diffStates(before, after))` is `after`.
 */
export function diffStates(before: ListState, after: ListState): ChangeSet {
  const changes: PartyChange[] = [];
  const unknown: UnknownChange[] = [];
  for (const uid of mergedUids(before, after)) {
    const old = before.parties.get(uid);
    const now = after.parties.get(uid);
    if (old === undefined && now !== undefined) changes.push(added(now));
    else if (now === undefined && old !== undefined) changes.push(removed(old));
    else if (old !== undefined && now !== undefined && old.digest !== now.digest) {
      const parted = modified(old, now, before, after);
      if (parted.change !== undefined) changes.push(parted.change);
      unknown.push(...parted.unknown);
    }
  }
  return { changes, unknown };
}

function added(line: PartyLine): PartyChange {
  const after = decodeParty(line);
  return { op: "add", uid: line.uid, type: after.type, name: after.name.full, after };
}

function removed(line: PartyLine): PartyChange {
  const before = decodeParty(line);
  return { op: "remove", uid: line.uid, type: before.type, name: before.name.full, before };
}

function modified(old: PartyLine, now: PartyLine, before: ListState, after: ListState) {
  const was = decodeParty(old);
  const is = decodeParty(now);
  return partByProof(
    {
      uid: now.uid,
      type: is.type,
      name: is.name.full,
      beforeHash: `sha256:${old.digest}`,
      afterHash: `sha256:${now.digest}`,
      fields: compareParties(was, is),
    },
    {
      cutBefore: isCut(was),
      cutAfter: isCut(is),
      coverageBefore: before.coverage,
      coverageAfter: after.coverage,
    },
  );
}

/** All uids of both, ascending; both maps ascend already. */
function mergedUids(before: ListState, after: ListState): number[] {
  const all = new Set(before.parties.keys());
  let grown = false;
  for (const uid of after.parties.keys()) {
    if (!all.has(uid)) {
      all.add(uid);
      grown = true;
    }
  }
  return grown ? [...all].sort((a, b) => a - b) : [...all];
}
