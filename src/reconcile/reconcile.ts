import {
  type DeltaFacts,
  FORMAT_VERSION,
  type Instant,
  type LedgerRecord,
  type NoticeReading,
  type PartyChange,
  type PressRelease,
  type ReconciledParty,
  type Reconciliation,
} from "../domain/index.ts";
import { compareDelta } from "./delta.ts";
import type { PartyLookup } from "./lookup.ts";
import { type MatchedParty, matchLines } from "./match.ts";
import { mentionsOf, type Prose, prose } from "./mentions.ts";
import { comparePress } from "./numbers.ts";
import { sentences, typesOf } from "./sentences.ts";
import { type ChangedParty, ChangeIndex } from "./sides.ts";

/** What of a record is reconciled. */
export type ReconciledRecord = Pick<LedgerRecord, "id" | "list" | "date" | "window" | "coverage" | "changes">;

/** All witnesses at hand. */
export interface Witnesses {
  readonly record: ReconciledRecord;
  /** Notices of the day, their lines read with the names of the list before and after. */
  readonly notices: readonly NoticeReading[];
  readonly pressReleases: readonly PressRelease[];
  /** OFAC's own delta of the publications covered; null when it cannot be had. */
  readonly delta: DeltaFacts | null;
  /** The list after the publication. */
  readonly lookup: PartyLookup;
  /** Other records of the same list and date: one notice may tell of several. */
  readonly sameDay?: readonly { readonly id: string; readonly changes: readonly PartyChange[] }[];
  /** When we saw it. */
  readonly firstSeen?: Instant;
}

/**
 * Holds list change, notices, press releases and OFAC's delta side by side. Nothing is changed by it, nothing
 * inferred: late context makes a new reconciliation. Modifications that no notice names are said, but are no
 * disagreement: OFAC edits records without announcing it (ofac-formats §1.6); additions and removals are.
 */
export function reconcile(witnesses: Witnesses): Reconciliation {
  const { record, notices, lookup } = witnesses;
  const changes = new ChangeIndex(record.changes, lookup);
  const sameDay = (witnesses.sameDay ?? []).map((other) => new ChangeIndex(other.changes, lookup, other.id));
  const matched = matchLines(notices, {
    list: record.list,
    changes,
    sameDay,
    lookup,
    coverage: record.coverage,
  });
  const texts = witnesses.pressReleases.map(prose);
  const silent = notices.length === 0 && texts.length === 0 ? [] : unannounced(changes.all, matched);
  const parties = [...matched, ...silent]
    .map((party) => withPress(party, changes, lookup, texts))
    .sort(inOrder);
  const press = witnesses.pressReleases.map((release) => comparePress(release, parties));
  const delta = compareDelta(record, witnesses.delta, lookup);
  const announced = parties.filter((party) => party.status !== "listed, not announced");
  const by = (all: readonly { operation: string; type: string }[], operation: string) =>
    typesOf(all.filter((party) => party.operation === operation));
  const found = changes.all.map(({ change }) => ({ type: change.type, operation: OPERATION[change.op] }));
  const facts = {
    publication: record.id,
    list: record.list,
    notices: notices.map(({ notice }) => ({ title: notice.title, url: notice.url })),
    pressReleases: witnesses.pressReleases.map(({ title, url }) => ({ title, url })),
    parties,
    counts: {
      announced: {
        add: by(announced, "add"),
        delete: by(announced, "delete"),
        change: by(announced, "change"),
      },
      found: { add: by(found, "add"), delete: by(found, "delete"), change: by(found, "change") },
    },
    press,
    delta,
    items: notices.flatMap(({ notice }) =>
      (notice.items ?? []).filter((item) => item.kind !== "list-update"),
    ),
    times: {
      notices: notices.map(({ notice }) => ({ id: notice.id, date: notice.date })),
      list: { date: record.date, ...record.window },
      firstSeen: witnesses.firstSeen ?? null,
    },
  };
  const verdict = verdictOf({ parties, press, delta, notices: facts.notices });
  return { formatVersion: FORMAT_VERSION, ...facts, verdict, sentences: sentences({ ...facts, verdict }) };
}

const OPERATION = { add: "add", remove: "delete", modify: "change" } as const;

/** What the list did and no line announces. */
function unannounced(all: readonly ChangedParty[], matched: readonly MatchedParty[]): MatchedParty[] {
  const named = new Set(matched.map((party) => `${party.operation} ${party.uid}`));
  return all.flatMap(({ change }): MatchedParty[] => {
    const operation = OPERATION[change.op];
    if (named.has(`${operation} ${change.uid}`) || named.has(`other ${change.uid}`)) return [];
    const { uid, name, type } = change;
    return [
      {
        uid,
        name,
        type,
        operation,
        status: "listed, not announced",
        notices: [],
        lines: 0,
        matchedBy: [],
        differences: [],
      },
    ];
  });
}

function withPress(
  party: MatchedParty,
  changes: ChangeIndex,
  lookup: PartyLookup,
  texts: readonly Prose[],
): ReconciledParty {
  const whole = (party.uid === null ? undefined : lookup.byUid(party.uid)) ??
    changes.all.find(({ change }) => change.uid === party.uid)?.party ?? {
      name: { full: party.name },
      type: party.type,
    };
  return { ...party, press: texts.length === 0 ? [] : mentionsOf(whole, texts) };
}

const STATUS_ORDER = [
  "announced, not listed",
  "details differ",
  "listed, not announced",
  "announced and listed",
];

/** What needs a look first; then by operation, uid and name. */
function inOrder(a: ReconciledParty, b: ReconciledParty): number {
  const rank = (party: ReconciledParty) => STATUS_ORDER.indexOf(party.status);
  const operation = (party: ReconciledParty) => ["add", "delete", "change", "other"].indexOf(party.operation);
  return (
    rank(a) - rank(b) ||
    operation(a) - operation(b) ||
    (a.uid ?? 0) - (b.uid ?? 0) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}

function verdictOf(
  facts: Pick<Reconciliation, "parties" | "press" | "delta" | "notices">,
): Reconciliation["verdict"] {
  const wrong = facts.parties.some(
    (party) =>
      party.status === "announced, not listed" ||
      party.status === "details differ" ||
      (party.status === "listed, not announced" && facts.notices.length > 0 && party.operation !== "change"),
  );
  if (wrong || facts.press.some((one) => one.verdict === "differs") || facts.delta.verdict === "differs")
    return "disagrees";
  const silent =
    facts.delta.verdict === "not cross-checked" &&
    facts.press.every((one) => one.verdict === "cannot be compared");
  return facts.notices.length === 0 && silent ? "no other witness" : "agrees";
}
