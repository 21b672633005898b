import { type AddedParty, compareText, type Party, type RemovedParty } from "../domain/index.ts";
import type { JudgeInput, Sight } from "./input.ts";
import { keyId, partyKeys } from "./keys/match-keys.ts";
import type { FateKind } from "./rule.ts";
import { type Likeness, likenessOfNew, likenessOfStaying } from "./same-party.ts";

/** What befell a party that came or went. */
export interface Fate {
  readonly kind: FateKind;
  readonly certainty: "certain" | "likely";
  readonly evidence: readonly string[];
  /** The other record of the same party. */
  readonly partner?: number;
  /** The event that both records make: also where the rule says that it is only likely. */
  readonly event?: "redesignation" | "duplicate-clean-up";
  /** Publication of an earlier delisting. */
  readonly formerly?: { readonly publication: string; readonly uid: number };
}

/** The fates of everybody who came or went; a uid is only ever one of the two in a change set. */
export function fatesOf(input: JudgeInput, sight: Sight): ReadonlyMap<number, Fate> {
  const added = input.set.changes.filter((change) => change.op === "add").sort((a, b) => a.uid - b.uid);
  const removed = input.set.changes.filter((change) => change.op === "remove").sort((a, b) => a.uid - b.uid);
  const fates = new Map<number, Fate>();
  const waiting = new Map<number, AddedParty>(added.map((change) => [change.uid, change]));
  for (const change of removed) {
    if (sight.otherAfter(change.uid) !== undefined) {
      fates.set(change.uid, {
        kind: "list-removal",
        certainty: "certain",
        evidence: [`uid ${change.uid} stands in the ${sight.otherState()}`],
      });
    }
  }
  for (const link of links(
    removed.filter((change) => !fates.has(change.uid)),
    added,
    sight,
  )) {
    if (fates.has(link.removed)) continue;
    const fate = linkFate(link);
    fates.set(link.removed, { ...fate, partner: link.partner });
    if (waiting.has(link.partner) && !fates.has(link.partner)) {
      fates.set(link.partner, { ...fate, partner: link.removed });
    }
  }
  for (const change of removed) if (!fates.has(change.uid)) fates.set(change.uid, delisting(sight));
  for (const change of added)
    if (!fates.has(change.uid)) fates.set(change.uid, arrival(change, input, sight));
  return fates;
}

interface Link extends Likeness {
  readonly removed: number;
  readonly partner: number;
  /** The partner came in this publication. */
  readonly arrived: boolean;
}

/** Every pair of records that may be one party: certain ones first, then those with more keys in common. */
function links(removed: readonly RemovedParty[], added: readonly AddedParty[], sight: Sight): Link[] {
  const candidates = indexAdded(added);
  const found: Link[] = [];
  for (const { uid, before } of removed) {
    for (const other of candidates(before)) {
      const likeness = likenessOfNew(before, other.after);
      if (likeness !== undefined)
        found.push({ removed: uid, partner: other.uid, arrived: true, ...likeness });
    }
    for (const other of staying(before, sight)) {
      const likeness = likenessOfStaying(before, other);
      if (likeness !== undefined)
        found.push({ removed: uid, partner: other.uid, arrived: false, ...likeness });
    }
  }
  const rank = (link: Link) => (link.certainty === "certain" ? 0 : 1);
  return found.sort(
    (a, b) => rank(a) - rank(b) || b.weight - a.weight || a.removed - b.removed || a.partner - b.partner,
  );
}

/** Added parties by key, so that a large publication is not compared pair by pair. */
function indexAdded(added: readonly AddedParty[]): (party: Party) => AddedParty[] {
  const byKey = new Map<string, Set<AddedParty>>();
  for (const change of added) {
    for (const key of partyKeys(change.after)) {
      const id = keyId(key);
      byKey.set(id, (byKey.get(id) ?? new Set<AddedParty>()).add(change));
    }
  }
  return (party) => {
    const found = partyKeys(party).flatMap((key) => [...(byKey.get(keyId(key)) ?? [])]);
    return [...new Set(found)].sort((a, b) => a.uid - b.uid);
  };
}

/** Records that were listed before and still are, and share a key. */
function staying(party: Party, sight: Sight): Party[] {
  const uids = new Set(partyKeys(party).flatMap((key) => [...sight.holders(key)]));
  return [...uids]
    .filter((uid) => uid !== party.uid && sight.before(uid) !== undefined)
    .sort((a, b) => a - b)
    .flatMap((uid) => sight.after(uid) ?? []);
}

function linkFate(link: Link): Fate {
  // A new record is made for a new designation; an older one that stays or comes back was the better duplicate.
  const event = link.arrived && link.partner > link.removed ? "redesignation" : "duplicate-clean-up";
  return {
    kind: link.certainty === "certain" ? event : "likely-same-party",
    event,
    certainty: link.certainty,
    evidence: link.evidence,
  };
}

function delisting(sight: Sight): Fate {
  return sight.knowsOther
    ? {
        kind: "delisting",
        certainty: "certain",
        evidence: [`its uid left this list and is not in the ${sight.otherState()}`],
      }
    : {
        kind: "delisting",
        certainty: "likely",
        evidence: ["its uid left this list; the other list was not at hand"],
      };
}

function arrival(change: AddedParty, input: JudgeInput, sight: Sight): Fate {
  if (sight.otherBefore(change.uid) !== undefined) {
    return {
      kind: "list-transfer",
      certainty: "certain",
      evidence: [`uid ${change.uid} stood in the ${sight.otherBeforeState()}`],
    };
  }
  const former = formerOf(change.after, input);
  if (former !== undefined) return former;
  return { kind: "listing", certainty: "certain", evidence: [] };
}

/** An earlier delisting of the same uid, or of a record of the same party. */
function formerOf(party: Party, input: JudgeInput): Fate | undefined {
  const found = (input.former ?? [])
    .map((former) => ({ former, likeness: formerLikeness(former.party, party) }))
    .filter((entry) => entry.likeness !== undefined)
    .sort(
      (a, b) =>
        Number(b.likeness?.certainty === "certain") - Number(a.likeness?.certainty === "certain") ||
        compareText(b.former.publication, a.former.publication) ||
        a.former.party.uid - b.former.party.uid,
    )[0];
  if (found?.likeness === undefined) return undefined;
  return {
    kind: "re-listing",
    certainty: found.likeness.certainty,
    evidence: found.likeness.evidence,
    formerly: { publication: found.former.publication, uid: found.former.party.uid },
  };
}

function formerLikeness(former: Party, party: Party): Likeness | undefined {
  if (former.uid === party.uid) return { certainty: "certain", evidence: ["same uid"], weight: 1 };
  const likeness = likenessOfNew(former, party);
  // A namesake listed years later is no re-listing: only a decisive key says so.
  return likeness === undefined || likeness.weight === 0 ? undefined : likeness;
}
