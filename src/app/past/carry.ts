import { applyFields, areaValues, diffStates } from "../../diff/index.ts";
import {
  type AreaValue,
  areaShape,
  canonicalJson,
  childUid,
  decodeParty,
  type FieldChange,
  type LedgerRecord,
  type ListState,
  type Party,
  type PartyLine,
  partyLine,
  partyMap,
} from "../../domain/index.ts";

type Parties = ReadonlyMap<number, PartyLine>;

export interface Correction {
  /** The list as the record has it, and as its source says. */
  readonly recorded: Parties;
  readonly right: Parties;
  /** The list at the head of the chain, and the records since: any order. */
  readonly head: ListState;
  readonly later: readonly LedgerRecord[];
  /** The newest publication read again, where its files are at hand: it settles what the head should say. */
  readonly witness?: Parties | undefined;
  /** Parties that are let be: their removal waits for confirmation. */
  readonly apart: ReadonlySet<number>;
}

export interface Carried {
  /** The list as the chain must go on from here. */
  readonly after: ListState;
  /** Parties that the record has otherwise than its source. */
  readonly differing: readonly number[];
  /** Of these, those of which a later publication says something else: it stands. */
  readonly stood: readonly number[];
  /** Of these, those carried past later publications that nothing at hand could be asked about. */
  readonly unwitnessed: readonly number[];
}

/**
 * Carries what a record got wrong to the head of its chain. Every publication holds the whole list, so what a later
 * one said of a party is newer than any correction: only what nobody has touched since is put right, field by field.
 */
export function carry(facts: Correction): Carried {
  const { recorded, right, head, witness, apart } = facts;
  const differing = [...new Set([...recorded.keys(), ...right.keys()])]
    .filter((uid) => recorded.get(uid)?.digest !== right.get(uid)?.digest && !apart.has(uid))
    .sort((a, b) => a - b);
  const touched = new Set(
    facts.later.flatMap(({ changes, unknown }) => [...changes, ...unknown].map(({ uid }) => uid)),
  );
  const lines = new Map(head.parties);
  const stood: number[] = [];
  for (const uid of differing) {
    const now = head.parties.get(uid);
    const wanted =
      witness !== undefined
        ? witness.get(uid)
        : touched.has(uid)
          ? merged(recorded.get(uid), right.get(uid), now, head)
          : right.get(uid);
    if (wanted?.digest !== right.get(uid)?.digest) stood.push(uid);
    if (wanted === undefined) lines.delete(uid);
    else lines.set(uid, wanted);
  }
  const isBlind = facts.later.length > 0 && witness === undefined;
  return {
    after: { ...head, parties: partyMap(lines.values()) },
    differing,
    stood,
    unwitnessed: isBlind ? differing.filter((uid) => !stood.includes(uid)) : [],
  };
}

/** Of a party that was touched since: what nobody has changed again is put right, field by field. */
function merged(
  recorded: PartyLine | undefined,
  right: PartyLine | undefined,
  now: PartyLine | undefined,
  head: ListState,
): PartyLine | undefined {
  if (recorded === undefined || right === undefined || now === undefined) return now;
  const alone = (line: PartyLine): ListState => ({ ...head, parties: new Map([[line.uid, line]]) });
  const { changes, unknown } = diffStates(alone(recorded), alone(right));
  const fields = [...changes.flatMap((change) => (change.op === "modify" ? change.fields : [])), ...unknown];
  const party = fields.reduce(
    (current, field) => (isOpen(current, field) ? applyFields(current, [field]) : current),
    decodeParty(now),
  );
  return partyLine(party);
}

/** True while a party still has what a field change begins with. */
function isOpen(party: Party, { area, before, after }: FieldChange): boolean {
  const shape = areaShape(area);
  const values = areaValues(party, shape);
  const has = (value: AreaValue) => values.some((one) => canonicalJson(one) === canonicalJson(value));
  if (before !== undefined) return has(before);
  if (shape.shape === "scalar") return values.length === 0;
  const uid = after === undefined || typeof after === "string" ? undefined : childUid(after);
  const isTaken = uid !== undefined && values.some((one) => typeof one === "object" && childUid(one) === uid);
  return after !== undefined && !has(after) && !isTaken;
}
