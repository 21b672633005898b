import { diffStates } from "../../diff/index.ts";
import { type ChangeSet, easternDate, LedgerError, type ListState } from "../../domain/index.ts";
import { type HeldRemovals, heldUids } from "./checks.ts";
import { EXPECTATIONS } from "./expectations.ts";
import type { Change, Plan, Planning, ReadLook } from "./plan.ts";
import { requirePlausible, typeIssues } from "./plausibility.ts";
import { type PublicationSpan, publicationOf, spanOf } from "./publications.ts";
import { heldIssue, isImplausible, judgeRemovals, keepHeld, removedUids, takenByDelta } from "./removals.ts";
import { requireSameReader } from "./same-reader.ts";
import { recordsOf, type Standing } from "./standing.ts";

/** Guards what a look has read, compares it with the ledger, and decides what is recorded of it. */
export async function planRead(standing: Standing, look: ReadLook, planning: Planning): Promise<Plan> {
  const nothing = { standing, look, held: standing.held, change: undefined };
  const { reading } = look;
  const publication = publicationOf(look.receipts);
  const before = planning.stateOf(standing, reading.state);
  try {
    requireSameReader(standing.head, reading);
    requirePlausible({
      standing,
      reading,
      publication,
      before,
      other: () => planning.otherOf(standing),
      records: () => recordsOf(planning.ports.files, standing),
      accept: planning.accept,
      now: planning.ports.now,
    });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { ...nothing, look: { outcome: "failed", error } };
  }
  const span = () => spanOf(standing.newest, publication, planning.history);
  if (before === null) {
    const set = { changes: [], unknown: [] };
    const change = { before, after: reading.state, set, ...dated(look, await span()) };
    return { ...nothing, change: { ...change, issues: reading.issues, unconfirmed: false } };
  }

  const found = diffStates(before, reading.state);
  const { held, unconfirmed } = await verdictOn(standing, look, found, planning);
  const after = held === undefined ? reading.state : keepHeld(before, reading.state, held);
  const set = held === undefined ? found : withoutHeld(found, held);
  const told = set.changes.length > 0 || set.unknown.length > 0;
  // While removals wait, nobody is told that a publication changed nothing.
  if (!told && (held !== undefined || !(await isNamed(standing, look, before, planning)))) {
    return { ...nothing, held };
  }
  const gate = [
    ...typeIssues(standing.list, standing.head, set),
    ...(held === undefined ? [] : [heldIssue(held)]),
  ];
  const issues = [...reading.issues, ...gate];
  return {
    ...nothing,
    held,
    change: { before, after, set, issues, unconfirmed, ...dated(look, await span()) },
  };
}

async function verdictOn(standing: Standing, look: ReadLook, found: ChangeSet, planning: Planning) {
  const removed = removedUids(found);
  const source = look.reading.sources[0];
  const partiesBefore = standing.head?.state.parties ?? 0;
  if (source === undefined) throw new Error("a list was read from no file");
  const delta = isImplausible(removed.length, partiesBefore)
    ? await deltasSince(standing, look, planning)
    : null;
  return judgeRemovals({
    list: standing.list,
    removed,
    partiesBefore,
    source: source.sha256,
    held: standing.held,
    delta: delta === null ? null : takenByDelta(delta),
    accept: planning.accept,
    now: planning.ports.now,
  });
}

/** OFAC's deltas since the state in the ledger; where the history does not answer, that of the publication alone. */
async function deltasSince(standing: Standing, look: ReadLook, planning: Planning) {
  const { ofacPublications } = await spanOf(standing.newest, publicationOf(look.receipts), planning.history);
  const ids = ofacPublications.map(({ id }) => id);
  const own = publicationOf(look.receipts);
  const wanted = ids.length > 0 || own === null ? ids : [own];
  return planning.deltas.facts(wanted.slice(-EXPECTATIONS.deltasAtOnce));
}

function withoutHeld(set: ChangeSet, held: HeldRemovals): ChangeSet {
  const waiting = new Set(heldUids(held));
  return { ...set, changes: set.changes.filter(({ op, uid }) => op !== "remove" || !waiting.has(uid)) };
}

/**
 * Whether OFAC says that the list was published anew although nothing in it changed. A `Publish_Date` of the legacy
 * files moves only when their list does (ofac-formats §1.6); of the Enhanced files' `dataAsOf` that is not known, so
 * there OFAC's delta must name a party of the list.
 */
async function isNamed(
  { newest: recorded, profile, check }: Standing,
  look: ReadLook,
  state: ListState,
  planning: Planning,
): Promise<boolean> {
  const { publishDate } = look.reading;
  if (profile !== "enhanced") return publishDate !== null && publishDate !== recorded?.date;
  const seen = publicationOf(check?.receipts);
  const now = publicationOf(look.receipts);
  const newest = planning.history.newest;
  if (seen === null || now === null || newest === undefined || now <= seen) return false;
  const entries = await planning.history.from(Number(easternDate(newest.at).slice(0, 4)));
  const ids = (entries ?? []).map(({ id }) => id).filter((id) => id > seen && id <= now);
  const facts = await planning.deltas.facts(ids.slice(-EXPECTATIONS.deltasAtOnce));
  return (facts?.entities ?? []).some(
    ({ uid, op, areas }) => state.parties.has(uid) && (op !== "modify" || areas.length > 0),
  );
}

/** The date that the file states, else that of OFAC's publication. */
function dated(
  { reading: { publishDate } }: ReadLook,
  span: PublicationSpan,
): Pick<Change, "span" | "date" | "dateBasis"> {
  if (publishDate !== null) return { span, date: publishDate, dateBasis: "publish-date" };
  const { notLaterThan } = span.window;
  if (notLaterThan === null) return { span, date: null, dateBasis: "none" };
  return { span, date: easternDate(notLaterThan), dateBasis: "ofac-publication" };
}
