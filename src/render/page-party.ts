import { FORMAT_VERSION, type Party, type PartyFile } from "../domain/index.ts";
import { json } from "./api.ts";
import { absolute, OFAC_SEARCH, partyJsonPath, partyPath, recordPath, renderPage } from "./page.ts";
import type { Touch } from "./party-history.ts";
import { partyNow, statesWith } from "./party-now.ts";
import { partnersOf } from "./party-partners.ts";
import { stepView } from "./party-steps.ts";
import { partyFacts, programCodes } from "./party-view.ts";
import type { Bench } from "./plan.ts";
import { programPath } from "./programs.ts";
import { isComposed, notShownWords } from "./publication-view.ts";
import { capital, grouped, joinAnd, parties } from "./words.ts";

/** Of names that lead somewhere although the source gives no uid with them. */
const byNameNote = (count: number): string | null => {
  if (count === 0) return null;
  return count === 1
    ? "One of these is given by name alone and linked because exactly one listed party has that name."
    : `${grouped(count)} of these are given by name alone and linked because exactly one listed party has each name.`;
};

/** So many of those that name a party stand on its page; a few are named by hundreds. */
const NAMED_BY = 200;

/** A party's page: who it is, where it stands, and everything the ledger ever saw happen to it. */
export function renderParty(bench: Bench, uid: number, touches: readonly Touch[]): Uint8Array {
  const { input, templates } = bench;
  const now = partyNow(uid, touches, input.states ?? [], input.heads);
  const { name, type } = identity(touches, now.party?.name.full);
  const named = relationships(bench, now.party);
  const partners = partnersOf(uid, touches, bench);
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
    notShown: notShown(uid, touches, bench),
    related: partners,
    heir: now.standing === "removed" ? (partners.findLast(({ fate }) => fate !== null) ?? null) : null,
    relationships: named,
    namesNote: byNameNote(named.filter(({ byName }) => byName).length),
    namedBy: namedBy(uid, bench),
    steps: touches.toReversed().map((touch) => stepView(touch, bench)),
    jsonPath: partyJsonPath(uid),
    ofacSearch: `${OFAC_SEARCH}${uid}`,
  });
}

/** What the source of the facts shows of nobody. A live list's last record tells nothing of an imported one's. */
function notShown(uid: number, touches: readonly Touch[], { input }: Bench): string | null {
  const isLive = statesWith(uid, input.states ?? []).some(({ origin }) => origin === "live");
  const last = touches.findLast(({ stored }) => !isLive || stored.record.origin === "live");
  if (last === undefined) return null;
  const { record } = last.stored;
  const words = notShownWords(record);
  const files = joinAnd([...new Set(record.sources.map(({ file }) => file))]);
  return words === null ? null : `The source of this segment (${files}) does not show ${words}.`;
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

/** Those a party names, with their pages here or at OFAC. */
function relationships(
  { histories, relations }: Bench,
  party: Party | null,
): (object & { byName: boolean })[] {
  return (party?.relationships ?? []).map(({ type, targetName, targetUid }) => {
    const found = targetUid ?? relations.uidOf(targetName);
    const here = found !== undefined && histories.has(found);
    return {
      type: type.replace(/:$/u, ""),
      name: targetName ?? `uid ${targetUid}`,
      uid: found ?? null,
      path: here ? partyPath(found) : null,
      href: here || found === undefined ? null : `${OFAC_SEARCH}${found}`,
      byName: targetUid === undefined && found !== undefined,
    };
  });
}

/** The other way round: listed parties that name this one. */
function namedBy(
  uid: number,
  { histories, relations }: Bench,
): { shown: object[]; left: string | null; note: string | null } {
  const all = relations.namedBy(uid);
  const left = all.length - NAMED_BY;
  return {
    shown: all.slice(0, NAMED_BY).map(({ uid: other, ...named }) => ({
      ...named,
      uid: other,
      path: histories.has(other) ? partyPath(other) : null,
      href: histories.has(other) ? null : `${OFAC_SEARCH}${other}`,
    })),
    left: left > 0 ? `and ${parties(left)} more` : null,
    note: byNameNote(all.slice(0, NAMED_BY).filter(({ byName }) => byName).length),
  };
}
