import type { Area, ChangeSet, Issue, LedgerRecord, PartyChange } from "../../domain/index.ts";

/** One party's change, with the areas it is in where the party stayed. */
export interface SeenChange {
  readonly uid: number;
  readonly name: string;
  readonly op: PartyChange["op"];
  readonly areas: readonly Area[];
}

/** A past publication of whose change today's reader says something else than its record. */
export interface ReadOtherwise {
  readonly publication: string;
  /** What OFAC changed by its files, and the record does not say. */
  readonly missed: readonly SeenChange[];
  /** What the record says, and its files do not. */
  readonly unseen: readonly SeenChange[];
}

/** A publication's record, the corrections of it, and what its files changed as today's reader reads them. */
export interface ReadAgain {
  readonly record: LedgerRecord;
  readonly corrections: readonly LedgerRecord[];
  readonly today: ChangeSet;
  /** Parties that are gone from the files and were kept until their removal is confirmed; kept up to date here. */
  readonly waiting: Set<number>;
}

/**
 * What a publication changed, by its record and by its files: which parties came and went, and in which areas others
 * changed. A value that a newer reader writes otherwise is no difference; what either side calls unknown is none, and
 * of a party that a correction has spoken of, the correction is the last word.
 */
export function readOtherwise({ record, corrections, today, waiting }: ReadAgain): ReadOtherwise {
  const settled = new Set(corrections.flatMap(({ changes, unknown }) => uidsOf({ changes, unknown })));
  const unknown = new Set([...record.unknown, ...today.unknown].map(({ uid, area }) => `${uid} ${area}`));
  const [told, seen] = [byUid(record), byUid(today)];
  const isHolding = record.issues.some(({ code }) => code === "removals-held");
  const missed: SeenChange[] = [];
  const unseen: SeenChange[] = [];
  for (const uid of [...new Set([...told.keys(), ...seen.keys()])].sort((a, b) => a - b)) {
    const [was, is] = [told.get(uid), seen.get(uid)];
    if (settled.has(uid) || isWaiting(uid, was, is, isHolding, waiting)) continue;
    const more = without(is, was, unknown);
    const less = without(was, is, unknown);
    if (more !== undefined) missed.push(more);
    if (less !== undefined) unseen.push(less);
  }
  return { publication: record.id, missed, unseen };
}

/** A removal that waited for confirmation is in the files of one publication, and in the record of a later one. */
function isWaiting(
  uid: number,
  told: PartyChange | undefined,
  seen: PartyChange | undefined,
  isHolding: boolean,
  waiting: Set<number>,
): boolean {
  if (isHolding && seen?.op === "remove" && told === undefined) {
    waiting.add(uid);
    return true;
  }
  // It ends with the removal's confirmation, or with the party's return.
  return waiting.has(uid) && (told?.op === "remove" || seen?.op === "add") && waiting.delete(uid);
}

/** What one side says of a party beyond the other. */
function without(
  change: PartyChange | undefined,
  other: PartyChange | undefined,
  unknown: ReadonlySet<string>,
): SeenChange | undefined {
  if (change === undefined) return undefined;
  const { uid, name, op } = change;
  if (op !== "modify") return other?.op === op ? undefined : { uid, name, op, areas: [] };
  const known = new Set(other?.op === "modify" ? areasOf(other) : []);
  const areas = areasOf(change).filter((area) => !known.has(area) && !unknown.has(`${uid} ${area}`));
  return areas.length === 0 ? undefined : { uid, name, op, areas };
}

function areasOf(change: PartyChange): Area[] {
  return change.op === "modify" ? [...new Set(change.fields.map(({ area }) => area))].sort() : [];
}

const byUid = ({ changes }: Pick<ChangeSet, "changes">) =>
  new Map(changes.map((change) => [change.uid, change]));

const uidsOf = ({ changes, unknown }: ChangeSet): number[] => [...changes, ...unknown].map(({ uid }) => uid);

/** True for a party that came or went: what is missed of that, somebody may have to act on. */
export const isComingOrGoing = ({ op }: SeenChange): boolean => op !== "modify";

/**
 * The warnings for the record of a reinterpretation: each publication of which a coming or going was missed or made up,
 * and in one for all of them the changes within parties.
 */
export function otherwiseIssues(differing: readonly ReadOtherwise[], where: string): Issue[] {
  const comings = differing.flatMap(({ publication, missed, unseen }) => {
    const [more, less] = [missed.filter(isComingOrGoing), unseen.filter(isComingOrGoing)];
    if (more.length + less.length === 0) return [];
    const said = [
      ...(more.length === 0 ? [] : [`${counted(more)} by its files and not by its record`]),
      ...(less.length === 0 ? [] : [`${counted(less)} by its record and not by its files`]),
    ];
    return [issue("read-otherwise", `${publication}: ${said.join("; ")}`, publication, [...more, ...less])];
  });
  const within = differing.flatMap(({ missed, unseen }) =>
    [...missed, ...unseen].filter((change) => !isComingOrGoing(change)),
  );
  if (within.length === 0) return comings;
  const areas = [...new Set(within.flatMap((change) => change.areas))].sort().join(", ");
  const parties = new Set(within.map(({ uid }) => uid)).size;
  const message = `changes within ${parties === 1 ? "1 party" : `${parties} parties`} in past publications are read otherwise now (${areas})`;
  return [...comings, issue("read-otherwise", message, where, within)];
}

/** `2 removed, 1 added`. */
function counted(changes: readonly SeenChange[]): string {
  const words = { add: "added", remove: "removed", modify: "changed" } as const;
  return (["remove", "add"] as const)
    .map((op) => ({ op, count: changes.filter((change) => change.op === op).length }))
    .filter(({ count }) => count > 0)
    .map(({ op, count }) => `${count} ${words[op]}`)
    .join(", ");
}

function issue(code: string, message: string, where: string, changes: readonly SeenChange[]): Issue {
  const examples = [...new Set(changes.map(({ uid }) => String(uid)))].slice(0, 5);
  return { severity: "warning", code, message, where, examples };
}
