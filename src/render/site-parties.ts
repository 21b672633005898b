import type { PlannedArtifact } from "../domain/index.ts";
import { HTML, partyJsonPath, partyPath } from "./page.ts";
import { renderParty, renderPartyJson } from "./page-party.ts";
import type { Touch } from "./party-history.ts";
import { statesWith } from "./party-now.ts";
import { type Bench, factsHash, plan } from "./plan.ts";
import { JSON_TYPE } from "./site-api.ts";

/** Uids a party is or was related to: whether they have pages decides where its links lead. Read without decoding. */
function targets(uid: number, touches: readonly Touch[], { input }: Bench): Set<number> {
  const found = new Set<number>();
  for (const { parties } of statesWith(uid, input.states ?? [])) {
    const { line = "" } = parties.get(uid) ?? {};
    if (!line.includes('"targetUid":')) continue;
    for (const [, target] of line.matchAll(/"targetUid":(\d+)/gu)) found.add(Number(target));
  }
  for (const { change } of touches) {
    const party = change?.op === "add" ? change.after : change?.op === "remove" ? change.before : null;
    for (const { targetUid } of party?.relationships ?? []) if (targetUid !== undefined) found.add(targetUid);
  }
  return found;
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
    const related = [...targets(uid, touches, bench)].filter((target) => bench.histories.has(target));
    const facts = factsHash([touches.map(({ stored }) => stored.hash), states, related]);
    return [
      plan(bench, `${partyPath(uid)}index.html`, HTML, { template: "site/party.hbs", facts }, () =>
        renderParty(bench, uid, touches),
      ),
      plan(bench, partyJsonPath(uid), JSON_TYPE, { facts }, () => renderPartyJson(bench, uid, touches)),
    ];
  });
}
