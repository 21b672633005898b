import {
  compareText,
  coverageOf,
  type FieldChange,
  type JudgedEvent,
  type ModifiedParty,
} from "../../domain/index.ts";
import { programRename } from "../data/program-renames.ts";
import { partOf } from "../keys/match-keys.ts";
import { isAlias, swapped } from "../swap.ts";
import { opposites, tagOf, textOf } from "../view.ts";
import { type EventFacts, joined, named } from "./facts.ts";

interface JudgedFieldOf {
  readonly change: ModifiedParty;
  readonly field: FieldChange;
  readonly rule: string;
}

/** Rules whose changes are events by themselves: told once, with all their parties. */
const BY_RULE: Readonly<Record<string, string>> = {
  "became-blocked": "became blocked",
  "ceased-to-be-blocked": "ceased to be blocked",
  "restriction-gained": "a restriction gained",
  "restriction-lost": "a restriction lost",
  "restriction-changed": "a restriction changed or re-dated",
  "fto-gained": "designated a Foreign Terrorist Organization",
  "fto-lost": "no longer a Foreign Terrorist Organization",
};

/** Events that lie in fields of modified parties. */
export function fieldEvents(facts: EventFacts): JudgedEvent[] {
  const fields = judgedFields(facts);
  return [
    ...byRule(fields),
    ...listMoves(fields, facts),
    ...names(fields, facts),
    ...renamedPrograms(fields),
  ];
}

function judgedFields({ input, changes }: EventFacts): JudgedFieldOf[] {
  return input.set.changes.flatMap((change, at) => {
    if (change.op !== "modify") return [];
    return change.fields.map((field, nth) => ({
      change,
      field,
      rule: changes[at]?.fields?.[nth]?.rule ?? "",
    }));
  });
}

function byRule(fields: readonly JudgedFieldOf[]): JudgedEvent[] {
  return Object.entries(BY_RULE).flatMap(([rule, words]) => {
    const own = fields.filter((field) => field.rule === rule);
    const uids = uidsOf(own);
    const [first] = own;
    if (first === undefined) return [];
    const who = uids.length === 1 ? named(first.change.uid, first.change.name) : `${uids.length} parties`;
    return [
      {
        kind: rule,
        uids,
        rule,
        certainty: "certain" as const,
        evidence: [...new Set(own.map((one) => changeWords(one.field)))].sort(compareText).slice(0, 5),
        statement: `${who}: ${words}`,
      },
    ];
  });
}

/** A party that came on, or left, one of several lists: told party by party, since each has its own lists. */
function listMoves(fields: readonly JudgedFieldOf[], { sight }: EventFacts): JudgedEvent[] {
  return fields.flatMap(({ change, field, rule }) => {
    if (rule !== "list-gained" && rule !== "list-lost") return [];
    const moved = listOf(rule === "list-gained" ? field.after : field.before);
    const remainsOn = (sight.after(change.uid)?.lists ?? [])
      .map((membership) => membership.name)
      .filter((name) => name !== moved && name !== "Consolidated List");
    const did = rule === "list-gained" ? "added to" : "removed from";
    const rest =
      remainsOn.length === 0
        ? ""
        : `, ${rule === "list-gained" ? "stays" : "remains"} on the ${joined(remainsOn)}`;
    return [
      {
        kind: rule,
        uids: [change.uid],
        rule,
        certainty: "certain" as const,
        evidence: [`its entry ${rule === "list-gained" ? "now has" : "had"} the list ${moved}`],
        statement: `${named(change.uid, change.name)}: ${did} the ${moved}${rest}`,
        ...(remainsOn.length === 0 ? {} : { remainsOn }),
      },
    ];
  });
}

function listOf(value: FieldChange["before"]): string {
  return value === undefined ? "" : (partOf("list", value).lists?.[0]?.name ?? "");
}

/** `program removed: FTO` */
function changeWords(field: FieldChange): string {
  const did = { add: "added", remove: "removed", change: "changed" }[field.action];
  return `${field.area} ${did}: ${textOf(field)}`;
}

function names(fields: readonly JudgedFieldOf[], { sight, input }: EventFacts): JudgedEvent[] {
  return fields.flatMap(({ change, field, rule }) => {
    if (
      field.area !== "name" ||
      (rule !== "name-changed" && rule !== "primary-alias-swap" && rule !== "key-details")
    ) {
      return [];
    }
    const before = sight.before(change.uid);
    const after = sight.after(change.uid);
    if (before === undefined || after === undefined || before.name.full === after.name.full) return [];
    const swap = swapped(before, after, coverageOf(input.coverage, "alias") === "complete");
    const was = named(change.uid, before.name.full);
    const event = { uids: [change.uid], rule };
    if (swap === "no") {
      return [
        {
          ...event,
          kind: "rename",
          certainty: "certain" as const,
          evidence: [`primary name was ${before.name.full}`],
          statement: `${was}: primary name is now ${after.name.full}${isAlias(after, before.name.full) ? ", the old one stays as an alias" : ""}`,
        },
      ];
    }
    return [
      {
        ...event,
        kind: "primary-alias-swap",
        certainty: swap === "proven" ? ("certain" as const) : ("likely" as const),
        evidence: [
          `${before.name.full} is an alias now`,
          swap === "proven"
            ? `${after.name.full} was an alias before`
            : `whether ${after.name.full} was an alias before is not shown`,
        ],
        statement: `${was}: primary name is now ${after.name.full}, the old one stays as an alias`,
      },
    ];
  });
}

/** One event for every rename, with the parties on which the tag was replaced. */
function renamedPrograms(fields: readonly JudgedFieldOf[]): JudgedEvent[] {
  const found = new Map<string, { uids: number[]; source: string; from: string; to: string }>();
  for (const { change, field, rule } of fields) {
    if (rule !== "program-renamed" || field.action === "remove") continue;
    const to = tagOf("program", field.after);
    const sources =
      field.action === "change"
        ? [field.before]
        : opposites({ field, fields: change.fields }).map((other) => other.before);
    for (const value of sources) {
      const from = tagOf("program", value);
      const rename = from === undefined || to === undefined ? undefined : programRename(from, to);
      if (rename === undefined) continue;
      const id = `${rename.from}\n${rename.to}`;
      const entry = found.get(id) ?? { uids: [], source: rename.source, from: rename.from, to: rename.to };
      if (!entry.uids.includes(change.uid)) entry.uids.push(change.uid);
      found.set(id, entry);
    }
  }
  return [...found.values()].map(({ uids, source, from, to }) => ({
    kind: "program-renamed",
    uids: uids.sort((a, b) => a - b),
    rule: "program-renamed",
    certainty: "certain",
    evidence: [source],
    statement: `Program tag ${from} renamed ${to} on ${uids.length} ${uids.length === 1 ? "party" : "parties"}`,
  }));
}

function uidsOf(fields: readonly JudgedFieldOf[]): number[] {
  return [...new Set(fields.map((one) => one.change.uid))].sort((a, b) => a - b);
}
