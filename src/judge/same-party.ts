import type { Party } from "../domain/index.ts";
import { keyId, type MatchKey, partyKeys } from "./keys/match-keys.ts";
import { normaliseText } from "./keys/normalise.ts";

/** How surely two records are of one party, and why. */
export interface Likeness {
  readonly certainty: "certain" | "likely";
  readonly evidence: readonly string[];
  /** How many keys speak for it: the more, the better a partner. */
  readonly weight: number;
}

/**
 * Compares a removed record with one that was listed in the same publication. Certain only with the same type
 * and a key that one party alone can hold; likely with such a key and another type, or with the same type and
 * primary name.
 */
export function likenessOfNew(removed: Party, other: Party): Likeness | undefined {
  const shared = sharedDecisive(removed, other);
  const sameType = removed.type === other.type;
  if (shared.length > 0) {
    return {
      certainty: sameType ? "certain" : "likely",
      evidence: [
        ...keyEvidence(shared),
        ...(sameType ? [] : [`types differ: ${removed.type}, ${other.type}`]),
      ],
      weight: shared.length,
    };
  }
  if (!sameType || primary(removed) !== primary(other)) return undefined;
  return {
    certainty: "likely",
    evidence: ["same type and primary name, no decisive key in common"],
    weight: 0,
  };
}

/**
 * Compares a removed record with one that was on the list before and stays. Namesakes are many there: without
 * a decisive key the name alone is not enough, a birth date or a place must agree too.
 */
export function likenessOfStaying(removed: Party, other: Party): Likeness | undefined {
  if (removed.type !== other.type) return undefined;
  const shared = sharedDecisive(removed, other);
  if (shared.length > 0) {
    // OFAC cleans up towards the older record; the other way round may be two parties with one number typed in.
    const older = other.uid < removed.uid && shareName(removed, other);
    return {
      certainty: older ? "certain" : "likely",
      evidence: [...keyEvidence(shared), ...(older ? [] : ["the staying record is no older namesake"])],
      weight: shared.length,
    };
  }
  if (primary(removed) !== primary(other) || !shareDiscriminator(removed, other)) return undefined;
  return { certainty: "likely", evidence: ["same type, primary name and birth date or place"], weight: 0 };
}

function sharedDecisive(one: Party, other: Party): MatchKey[] {
  const { held } = traitsOf(other);
  return traitsOf(one)
    .decisive.filter(({ id }) => held.has(id))
    .map(({ key }) => key);
}

/** What a party is compared by. */
interface Traits {
  /** Keys that one party alone can hold, each once. */
  readonly decisive: readonly { readonly id: string; readonly key: MatchKey }[];
  /** All keys, by id. */
  readonly held: ReadonlySet<string>;
  readonly primary: string;
}

/** Every added party is compared with all that once left the list: each one's traits are worked out once. */
const KNOWN = new WeakMap<Party, Traits>();

function traitsOf(party: Party): Traits {
  const known = KNOWN.get(party);
  if (known !== undefined) return known;
  const keys = partyKeys(party);
  const decisive = new Map(keys.filter((key) => key.decisive).map((key) => [keyId(key), key]));
  const traits = {
    decisive: [...decisive].map(([id, key]) => ({ id, key })),
    held: new Set(keys.map(keyId)),
    primary: normaliseText(party.name.full),
  };
  KNOWN.set(party, traits);
  return traits;
}

/** The first three shared keys, and how many more there are. */
function keyEvidence(shared: readonly MatchKey[]): string[] {
  const more = shared.length - 3;
  return [
    ...shared.slice(0, 3).map((key) => `shared ${key.label} ${key.raw}`),
    ...(more > 0 ? [`${more} more shared ${more === 1 ? "key" : "keys"}`] : []),
  ];
}

function primary(party: Party): string {
  return traitsOf(party).primary;
}

function shareName(one: Party, other: Party): boolean {
  const names = new Set(
    partyKeys(other)
      .filter((key) => key.space === "name")
      .map(keyId),
  );
  return partyKeys(one).some((key) => key.space === "name" && names.has(keyId(key)));
}

function shareDiscriminator(one: Party, other: Party): boolean {
  const facts = (party: Party) =>
    [...(party.birthDates ?? []), ...(party.birthPlaces ?? [])].map((fact) => normaliseText(fact.value));
  const held = new Set(facts(other));
  return facts(one).some((fact) => held.has(fact));
}
