import { type JudgedEvent, LISTS, type ListId, type Party } from "../../domain/index.ts";
import type { Fate } from "../fates.ts";
import { type EventFacts, joined, listNames, named } from "./facts.ts";
import { legalVerbOf } from "./legal-verb.ts";

/** One event for every party that came or went; both records of one party make one event together. */
export function partyEvents(facts: EventFacts, told: ReadonlySet<number>): JudgedEvent[] {
  const ruleOf = new Map(facts.changes.map((change) => [`${change.op} ${change.uid}`, change.rule]));
  return facts.input.set.changes.flatMap((change) => {
    if (change.op === "modify" || told.has(change.uid)) return [];
    const fate = facts.fates.get(change.uid);
    const rule = ruleOf.get(`${change.op} ${change.uid}`);
    if (fate === undefined || rule === undefined) return [];
    const party = change.op === "add" ? change.after : change.before;
    // The removed record speaks for both.
    if (fate.event !== undefined && change.op === "add") return [];
    return [{ ...describe(party, fate, facts), rule, certainty: fate.certainty }];
  });
}

type Description = Omit<JudgedEvent, "rule" | "certainty">;

function describe(party: Party, fate: Fate, facts: EventFacts): Description {
  const { list } = facts.input;
  const who = named(party.uid, party.name.full);
  const own = { uids: [party.uid], evidence: fate.evidence };
  const here = `the ${joined(listNames(party, list))}`;
  if (fate.event !== undefined) return together(party, fate, fate.event, facts);
  switch (fate.kind) {
    case "list-removal": {
      const remainsOn = listNames(facts.sight.otherAfter(party.uid), otherOf(list));
      return {
        ...own,
        kind: "list-removal",
        remainsOn,
        statement: `${who}: removed from ${here}, remains on the ${joined(remainsOn)}`,
      };
    }
    case "list-transfer": {
      const from = listNames(facts.sight.otherBefore(party.uid), otherOf(list));
      const stays = facts.sight.otherAfter(party.uid) !== undefined;
      return {
        ...arrived(party, list, own),
        kind: "list-transfer",
        ...(stays ? { remainsOn: listNames(facts.sight.otherAfter(party.uid), otherOf(list)) } : {}),
        statement: `${who}: added to ${here}, ${stays ? "stays on" : "no longer on"} the ${joined(from)}`,
      };
    }
    case "re-listing": {
      const before = fate.formerly === undefined ? "" : ` after its removal in ${fate.formerly.publication}`;
      return {
        ...arrived(party, list, own),
        kind: "re-listing",
        statement: `${who}: added to ${here} again${before}`,
      };
    }
    case "delisting":
      return {
        ...own,
        kind: "delisting",
        statement:
          fate.certainty === "certain"
            ? `${who}: removed from ${here}, on no other list`
            : `${who}: removed from ${here}; whether it remains on the other list is not known`,
      };
    default:
      return {
        ...arrived(party, list, own),
        kind: "listing",
        statement: listing(party, list, who, here),
      };
  }
}

function listing(party: Party, list: ListId, who: string, here: string): string {
  const verb = legalVerbOf(party, list);
  return verb === undefined ? `${who}: added to ${here}` : `${who}: ${verb.clause}; added to ${here}`;
}

function arrived(party: Party, list: ListId, own: Pick<JudgedEvent, "uids" | "evidence">) {
  const verb = legalVerbOf(party, list);
  return verb === undefined
    ? own
    : { ...own, legalVerb: verb.verb, evidence: [...own.evidence, verb.evidence] };
}

/** Two records of one party. */
function together(party: Party, fate: Fate, kind: string, facts: EventFacts): Description {
  const partner = fate.partner ?? party.uid;
  const other = facts.sight.after(partner);
  const likely = fate.certainty === "likely" ? "likely " : "";
  const gained = (other?.programs ?? [])
    .map((program) => program.code)
    .filter((code) => !(party.programs ?? []).some((program) => program.code === code));
  const programs = gained.length === 0 ? "" : `, now also ${joined(gained)}`;
  const to = other === undefined ? String(partner) : named(partner, other.name.full);
  return {
    kind,
    uids: [party.uid, partner],
    evidence: fate.evidence,
    statement:
      kind === "redesignation"
        ? `${named(party.uid, party.name.full)}: ${likely}delisted and redesignated as ${to}${programs}`
        : `${named(party.uid, party.name.full)}: ${likely}a duplicate of ${to}, which stays listed`,
  };
}

function otherOf(list: ListId): ListId {
  return LISTS.find((one) => one !== list) ?? list;
}
