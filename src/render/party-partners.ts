import { decodeParty, type JudgedEvent, type StoredRecord } from "../domain/index.ts";
import { OFAC_SEARCH, partyPath } from "./page.ts";
import type { Touch } from "./party-history.ts";
import { statesWith } from "./party-now.ts";
import type { Bench } from "./plan.ts";
import { eventName } from "./words-event.ts";

/** Another entry of what the judge found to be the same party. */
export interface PartnerView {
  readonly uid: number;
  readonly name: string;
  /** Its page here; null where no record ever touched it. */
  readonly path: string | null;
  /** OFAC's own search for it, where it has no page here. */
  readonly href: string | null;
  /** `Redesignation`, `Duplicate clean up`. */
  readonly kind: string;
  readonly statement: string;
  /** What the party lives on as: listed anew, or an older entry that stays. Null where neither is known. */
  readonly fate: "anew" | "merged" | null;
  readonly isMerged: boolean;
}

/** Every other entry that events of two name beside a party, the newest finding for each. */
export function partnersOf(uid: number, touches: readonly Touch[], bench: Bench): PartnerView[] {
  const found = new Map<number, PartnerView>();
  for (const { stored, change } of touches) {
    for (const event of stored.record.judgement.events) {
      if (event.uids.length !== 2 || !event.uids.includes(uid)) continue;
      const other = event.uids.find((candidate) => candidate !== uid);
      if (other === undefined) continue;
      const name = nameOf(other, stored, bench);
      if (name === undefined) continue;
      const here = bench.histories.has(other);
      const fate = change?.op === "remove" ? fateOf(other, event, stored) : null;
      found.set(other, {
        uid: other,
        name,
        path: here ? partyPath(other) : null,
        href: here ? null : `${OFAC_SEARCH}${other}`,
        kind: eventName(event.kind),
        statement: event.statement ?? "",
        fate,
        isMerged: fate === "merged",
      });
    }
  }
  return [...found.values()];
}

/** As the record calls it, or else as it is listed now. */
function nameOf(uid: number, { record }: StoredRecord, { input }: Bench): string | undefined {
  const named = [...record.changes, ...record.unknown].find((one) => one.uid === uid)?.name;
  if (named !== undefined) return named;
  const line = statesWith(uid, input.states ?? [])[0]?.parties.get(uid);
  return line === undefined ? undefined : decodeParty(line).name.full;
}

function fateOf(other: number, event: JudgedEvent, { record }: StoredRecord): PartnerView["fate"] {
  if (record.changes.some(({ uid, op }) => uid === other && op === "add")) return "anew";
  return event.kind === "duplicate-clean-up" ? "merged" : null;
}
