import type { PlannedArtifact } from "../domain/index.ts";
import { HTML, partyJsonPath, partyPath } from "./page.ts";
import { renderParty, renderPartyJson } from "./page-party.ts";
import { partyHistories } from "./party-history.ts";
import { statesWith } from "./party-now.ts";
import { type Bench, plan } from "./plan.ts";
import { JSON_TYPE } from "./site-api.ts";

/** A page and a JSON file for every party that a record ever touched. */
export function planParties(bench: Bench): PlannedArtifact[] {
  return [...partyHistories(bench.placed)].flatMap(([uid, touches]) => {
    const states = statesWith(uid, bench.input.states ?? []).map(({ list, segment, origin, parties }) => [
      list,
      segment,
      origin,
      parties.get(uid)?.digest ?? null,
    ]);
    const facts = [touches.map(({ stored }) => stored.hash), states];
    return [
      plan(bench, `${partyPath(uid)}index.html`, HTML, { template: "site/party.hbs", facts }, () =>
        renderParty(bench, uid, touches),
      ),
      plan(bench, partyJsonPath(uid), JSON_TYPE, { facts }, () => renderPartyJson(bench, uid, touches)),
    ];
  });
}
