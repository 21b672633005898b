import { decodeParty, type PlannedArtifact, type Relationship } from "../domain/index.ts";
import { HTML, partyJsonPath, partyPath } from "./page.ts";
import { renderParty, renderPartyJson } from "./page-party.ts";
import type { Touch } from "./party-history.ts";
import { segmentEnd, statesWith } from "./party-now.ts";
import { partnersOf } from "./party-partners.ts";
import { type Bench, factsHash, plan } from "./plan.ts";
import { JSON_TYPE } from "./site-api.ts";

/** Those a party is or was related to, as far as they have pages: that decides where its links lead. */
function targets(uid: number, touches: readonly Touch[], { input, histories, relations }: Bench): number[] {
  const found = new Set<number>();
  const note = ({ targetUid, targetName }: Relationship): void => {
    const target = targetUid ?? relations.uidOf(targetName);
    if (target !== undefined && histories.has(target)) found.add(target);
  };
  for (const { parties } of statesWith(uid, input.states ?? [])) {
    const line = parties.get(uid);
    if (line?.line.includes('"relationships":') === true) decodeParty(line).relationships?.forEach(note);
  }
  for (const { change } of touches) {
    const party = change?.op === "add" ? change.after : change?.op === "remove" ? change.before : null;
    party?.relationships?.forEach(note);
  }
  return [...found];
}

/** A page and a JSON file for every party that a record ever touched. */
export function planParties(bench: Bench): PlannedArtifact[] {
  return [...bench.histories].flatMap(([uid, touches]) => {
    const states = statesWith(uid, bench.input.states ?? []).map(({ list, segment, origin, parties }) => [
      list,
      segment,
      origin,
      parties.get(uid)?.digest ?? null,
    ]);
    const related = targets(uid, touches, bench);
    const others = partnersOf(uid, touches, bench);
    const ends = statesWith(uid, bench.input.states ?? []).map((state) =>
      state.origin === "live" ? null : segmentEnd(state, bench.input.heads),
    );
    const told = [touches.map(({ stored }) => stored.hash), states];
    const facts = factsHash([told, ends, related, bench.relations.namedBy(uid), others]);
    return [
      plan(bench, `${partyPath(uid)}index.html`, HTML, { template: "site/party.hbs", facts }, () =>
        renderParty(bench, uid, touches),
      ),
      plan(bench, partyJsonPath(uid), JSON_TYPE, { facts: told }, () => renderPartyJson(bench, uid, touches)),
    ];
  });
}
