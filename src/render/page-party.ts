import { FORMAT_VERSION, type Party, type PartyFile } from "../domain/index.ts";
import { json } from "./api.ts";
import { type FieldView, fieldView, type UnknownView, unknownViews } from "./change-view.ts";
import { partyEvents } from "./event-view.ts";
import { absolute, partyJsonPath, partyPath, publicationPath, recordPath, renderPage } from "./page.ts";
import type { Touch } from "./party-history.ts";
import { partyNow } from "./party-now.ts";
import { type FactView, partyAnchor, partyFacts, programCodes } from "./party-view.ts";
import type { Bench } from "./plan.ts";
import { programPath } from "./programs.ts";
import { isComposed } from "./publication-view.ts";
import { capital, listWords, OP_WORDS } from "./words.ts";
import { dateWords } from "./words-date.ts";
import { eventName } from "./words-event.ts";

/** One step of a party's history. */
interface StepView {
  /** Where this step can be linked: how things stood as of that record. */
  readonly anchor: string;
  /** The whole party as of then, where the record holds it. */
  readonly asOf: readonly FactView[];
  readonly day: string;
  readonly isoDate: string | null;
  readonly headline: string;
  readonly path: string;
  readonly list: string;
  readonly segment: string | null;
  readonly op: string;
  readonly words: string;
  readonly statement: string | null;
  readonly fields: readonly FieldView[];
  readonly unknown: UnknownView["items"];
}

/** OFAC's own search shows one party under this address. */
const OFAC_SEARCH = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=";

/** A party's page: who it is, where it stands, and everything the ledger ever saw happen to it. */
export function renderParty(bench: Bench, uid: number, touches: readonly Touch[]): Uint8Array {
  const { input, templates } = bench;
  const now = partyNow(uid, touches, input.states ?? []);
  const { name, type } = identity(touches, now.party?.name.full);
  const page = {
    path: partyPath(uid),
    title: name,
    description: `${name}: ${now.words}. Every change since this ledger began.`,
    composed: touches.some(({ stored }) => isComposed(stored.record)),
    feed: null,
  };
  return renderPage(templates, "site/party.hbs", input.site, page, {
    uid,
    name,
    typeWords: capital(type),
    standing: now.standing,
    standingWords: now.words,
    programs:
      now.party === null ? [] : programCodes(now.party).map((code) => ({ code, path: programPath(code) })),
    facts: now.party === null ? [] : partyFacts(now.party),
    factsTitle: now.factsTitle,
    related: related(uid, touches),
    heir: heir(uid, now.standing, touches),
    relationships: relationships(bench, now.party),
    steps: [...touches].reverse().map(step),
    jsonPath: partyJsonPath(uid),
    ofacSearch: `${OFAC_SEARCH}${uid}`,
  });
}

/** `/api/v1/parties/<uid>.json`: where it stands, and each record that touched it with its changes. */
export function renderPartyJson(bench: Bench, uid: number, touches: readonly Touch[]): Uint8Array {
  const { site, states } = bench.input;
  const now = partyNow(uid, touches, states ?? []);
  return json({
    formatVersion: FORMAT_VERSION,
    uid,
    ...identity(touches, now.party?.name.full),
    standing: now.standing,
    party: now.party,
    history: touches.map(({ stored: { record, hash }, change, unknown }) => ({
      id: record.id,
      list: record.list,
      segment: record.segment,
      date: record.date,
      headline: record.headline,
      hash,
      url: absolute(site, recordPath(record.id)),
      change,
      unknown,
    })),
  } satisfies PartyFile);
}

/** Name and type as last seen. */
function identity(touches: readonly Touch[], now: string | undefined): { name: string; type: string } {
  const last = touches.at(-1);
  const seen = last?.change ?? last?.unknown[0];
  return { name: now ?? seen?.name ?? "", type: seen?.type ?? "" };
}

function step({ stored, change, unknown }: Touch): StepView {
  const { record } = stored;
  const uid = change?.uid ?? unknown[0]?.uid ?? 0;
  const anchors = new Set<string>();
  const then = change?.op === "add" ? change.after : change?.op === "remove" ? change.before : null;
  return {
    anchor: `as-of-${record.id}`,
    asOf: then === null ? [] : partyFacts(then),
    day: dateWords(record.date),
    isoDate: record.date,
    headline: record.headline,
    path: `${publicationPath(record.id)}${change === null ? `#unknown-${uid}` : `#${partyAnchor(uid)}`}`,
    list: listWords(record),
    segment: record.origin === "live" ? null : record.segment,
    op: change?.op ?? "unknown",
    words: change === null ? "Seen differently" : OP_WORDS[change.op].verb,
    statement: partyEvents(record).get(uid)?.statement ?? null,
    fields: change?.op === "modify" ? change.fields.map((field) => fieldView(uid, field, anchors)) : [],
    unknown: unknownViews(unknown).flatMap(({ items }) => items),
  };
}

/** What a party that left lives on as, where the judge found that OFAC lists it anew under another uid. */
function heir(
  uid: number,
  standing: string,
  touches: readonly Touch[],
): { path: string; name: string; uid: number } | null {
  if (standing !== "removed") return null;
  for (const { stored } of touches.toReversed()) {
    for (const event of stored.record.judgement.events) {
      if (event.uids.length !== 2 || !event.uids.includes(uid)) continue;
      const other = event.uids.find((candidate) => candidate !== uid);
      const came = stored.record.changes.find((change) => change.uid === other && change.op === "add");
      if (came !== undefined) return { path: partyPath(came.uid), name: came.name, uid: came.uid };
    }
  }
  return null;
}

/** Those a party is linked to, with their pages here or at OFAC. */
function relationships({ histories }: Bench, party: Party | null): object[] {
  return (party?.relationships ?? []).map(({ type, targetName, targetUid }) => {
    const here = targetUid !== undefined && histories.has(targetUid);
    return {
      type: type.replace(/:$/u, ""),
      name: targetName ?? `uid ${targetUid}`,
      uid: targetUid ?? null,
      path: here ? partyPath(targetUid) : null,
      href: here || targetUid === undefined ? null : `${OFAC_SEARCH}${targetUid}`,
    };
  });
}

/** Other entries of what the judge found to be the same party, with what was found. */
function related(
  uid: number,
  touches: readonly Touch[],
): { uid: number; path: string; name: string; kind: string; statement: string }[] {
  const found = new Map<number, ReturnType<typeof related>[number]>();
  for (const { stored } of touches) {
    for (const event of stored.record.judgement.events) {
      if (event.uids.length !== 2 || !event.uids.includes(uid)) continue;
      const other = event.uids.find((candidate) => candidate !== uid);
      if (other === undefined) continue;
      const name = stored.record.changes.find((change) => change.uid === other)?.name;
      if (name === undefined) continue;
      const statement = event.statement ?? "";
      found.set(other, { uid: other, path: partyPath(other), name, kind: eventName(event.kind), statement });
    }
  }
  return [...found.values()];
}
