import {
  areaShape,
  coverageOf,
  type FieldChange,
  type JudgedChange,
  type Judgement,
  type ModifiedParty,
  type Party,
} from "../domain/index.ts";
import { type JudgeInput, type Sight, sightOf } from "./input.ts";
import { keyId, type MatchKey, partyKeys, valueKeys } from "./keys/match-keys.ts";
import { byContent, notCoveredBy } from "./rescreen-gaps.ts";
import type {
  KeyOf,
  RemovedKey,
  RescreenDiscriminator,
  RescreenKey,
  RescreenPack,
  UnknownKey,
} from "./rescreen-pack.ts";

/**
 * The re-screen pack of a publication.
 *
 * @param judgement of the same input: it says why a key is in the pack.
 */
export function rescreenPack(input: JudgeInput, judgement: Judgement): RescreenPack {
  const sight = sightOf(input);
  const judged = new Map(judgement.changes.map((change) => [`${change.op} ${change.uid}`, change]));
  const partners = partnersOf(judgement);
  const pack = { keys: [], removed: [], discriminators: [], unknown: [] } as Draft;
  const lose: Lose = (key, why, heirs, match) => {
    const heir = heirs.find((other) => !holds(other, match) && hidden(other, match, input) !== undefined);
    const detail = heir === undefined ? undefined : hidden(heir, match, input);
    if (detail !== undefined) pack.unknown.push({ ...key, sight: "disappeared", detail });
    else pack.removed.push({ ...key, why, stillListedUnder: stillListed(key, sight) });
  };
  for (const change of input.set.changes) {
    const own = judged.get(`${change.op} ${change.uid}`);
    if (own === undefined)
      throw new Error(`the judgement is of another change set: ${change.uid} is not in it`);
    if (change.op === "add") added(change.after, own.rule, partners, sight, pack);
    else if (change.op === "remove") removed(change.before, own.rule, partners, sight, lose);
    else modified(change, own, sight, pack, lose);
  }
  for (const entry of input.set.unknown) {
    const who = { uid: entry.uid, type: entry.type, name: entry.name };
    for (const key of valueKeys(entry.area, entry.before)) {
      pack.unknown.push({ ...who, ...shown(key), sight: "disappeared", detail: entry.detail });
    }
    for (const key of valueKeys(entry.area, entry.after)) {
      pack.unknown.push({ ...who, ...shown(key), sight: "appeared", detail: entry.detail });
    }
  }
  return {
    list: input.list,
    keys: byContent(pack.keys),
    removed: byContent(pack.removed),
    discriminators: byContent(pack.discriminators),
    unknown: byContent(pack.unknown),
    notCovered: notCoveredBy((area) => coverageOf(input.coverage, area), sight.knowsOther),
  };
}

/** Puts a key that a party lost among the removed, or the unknown where an heir of the party may hide it. */
type Lose = (key: KeyOf, why: string, heirs: readonly Party[], match: MatchKey) => void;

interface Draft {
  readonly keys: RescreenKey[];
  readonly removed: RemovedKey[];
  readonly discriminators: RescreenDiscriminator[];
  readonly unknown: UnknownKey[];
}

function added(
  party: Party,
  why: string,
  partners: ReadonlyMap<number, readonly number[]>,
  sight: Sight,
  pack: Draft,
): void {
  const elsewhere = sight.otherBefore(party.uid);
  const former = (partners.get(party.uid) ?? []).flatMap((uid) => sight.before(uid) ?? []);
  for (const key of distinct(partyKeys(party))) {
    const known = [...former, ...(elsewhere === undefined ? [] : [elsewhere])]
      .filter((other) => holds(other, key))
      .map((other) => other.uid);
    pack.keys.push({
      ...who(party),
      ...shown(key),
      why,
      ...(known.length === 0 ? {} : { knownFrom: [...new Set(known)].sort((a, b) => a - b) }),
    });
  }
}

function removed(
  party: Party,
  why: string,
  partners: ReadonlyMap<number, readonly number[]>,
  sight: Sight,
  lose: Lose,
): void {
  const successors = (partners.get(party.uid) ?? []).flatMap((uid) => sight.after(uid) ?? []);
  for (const key of distinct(partyKeys(party))) {
    lose({ ...who(party), ...shown(key) }, why, successors, key);
  }
}

function modified(change: ModifiedParty, judged: JudgedChange, sight: Sight, pack: Draft, lose: Lose): void {
  const before = sight.before(change.uid);
  const after = sight.after(change.uid);
  if (before === undefined || after === undefined) return;
  const party = { uid: change.uid, type: change.type, name: change.name };
  change.fields.forEach((field, nth) => {
    const why = judged.fields?.[nth]?.rule ?? "";
    const [was] = valueKeys(field.area, field.before);
    for (const key of distinct(valueKeys(field.area, field.after))) {
      if (holds(before, key)) continue;
      const place = field.action === "change" && was !== undefined ? { was: was.raw } : {};
      pack.keys.push({ ...party, ...shown(key), why, ...place });
    }
    for (const key of distinct(valueKeys(field.area, field.before))) {
      if (holds(after, { ...key, weak: true })) continue;
      lose({ ...party, ...shown(key) }, why, [after], key);
    }
    if (why === "discriminator" || why === "vessel-flag")
      pack.discriminators.push(discriminator(party, field, why));
  });
}

/** A party has a key when it has it at least as strong. */
function holds(party: Party, key: MatchKey): boolean {
  return partyKeys(party).some((own) => keyId(own) === keyId(key) && (!own.weak || key.weak));
}

/**
 * Why the party may still have a key that is not seen on it: its remarks are cut and the key is of a kind that
 * stands there, or the key is a name and the source has no place for strong aliases. Undefined where it cannot.
 */
function hidden(party: Party, key: MatchKey, input: JudgeInput): string | undefined {
  if (key.space === "name" && coverageOf(input.coverage, "alias") === "absent") {
    return `may live on as an alias of ${party.uid}: the source does not show strong aliases`;
  }
  const cut = areaShape(key.area).inRemarks && (party.remarks ?? []).some((remark) => remark.cut === true);
  return cut ? `may stand past the cut in the remarks of ${party.uid}` : undefined;
}

function stillListed(key: KeyOf, sight: Sight): number[] {
  return [...new Set([...sight.holders(key), ...sight.otherHolders(key)])].sort((a, b) => a - b);
}

function discriminator(party: Pick<KeyOf, "uid" | "type" | "name">, field: FieldChange, why: string) {
  const text = (value: FieldChange["before"]): string | null => {
    if (value === undefined) return null;
    return typeof value === "object" && "value" in value ? String(value.value) : String(value);
  };
  const labelled = [field.after, field.before].find((value) => typeof value === "object");
  const label = labelled !== undefined && "type" in labelled ? String(labelled.type) : field.area;
  const { area, action } = field;
  return { ...party, area, action, label, before: text(field.before), after: text(field.after), why };
}

/** The other records of a party, by redesignations and duplicate clean-ups. */
function partnersOf(judgement: Judgement): ReadonlyMap<number, readonly number[]> {
  const partners = new Map<number, number[]>();
  for (const event of judgement.events) {
    if (event.kind !== "redesignation" && event.kind !== "duplicate-clean-up") continue;
    for (const uid of event.uids) {
      const others = event.uids.filter((other) => other !== uid);
      partners.set(uid, [...(partners.get(uid) ?? []), ...others]);
    }
  }
  return partners;
}

/** Each key once; a strong name counts before the same as a weak one. */
function distinct(keys: readonly MatchKey[]): MatchKey[] {
  const strongLast = [...keys].sort((a, b) => Number(b.weak) - Number(a.weak));
  return [...new Map(strongLast.map((key) => [keyId(key), key])).values()];
}

function shown(key: MatchKey) {
  const { space, label, raw, normalised, weak } = key;
  return { space, label, raw, normalised, weak };
}

function who(party: Party) {
  return { uid: party.uid, type: party.type, name: party.name.full };
}
