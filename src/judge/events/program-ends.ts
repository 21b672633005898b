import { compareText, type EventPart, type JudgedEvent, type ListState } from "../../domain/index.ts";
import { programEnd } from "../data/program-ends.ts";
import { PROGRAM_RENAMES } from "../data/program-renames.ts";
import { tagOf } from "../view.ts";
import type { EventFacts } from "./facts.ts";

/** Without an order that says so, a tag has to leave this many parties at once to look like a program's end. */
const UNSOURCED_FLOOR = 10;

/**
 * Programs whose tag left every party of the lists at hand in this publication: delistings, and moves to
 * another tag, are its parts. A rename is no end.
 */
export function programEnds(facts: EventFacts): JudgedEvent[] {
  if (!facts.rules.some((rule) => rule.id === "program-ended")) return [];
  const lost = lostTags(facts);
  return [...lost.keys()].sort(compareText).flatMap((tag) => {
    const uids = lost.get(tag) ?? [];
    const end = programEnd(tag);
    if (end === undefined && uids.length < UNSOURCED_FLOOR) return [];
    if (PROGRAM_RENAMES.some((rename) => rename.from === tag)) return [];
    if (carriesTag(facts.input.after, tag) || carriesTag(facts.input.otherList, tag)) return [];
    const parts = partsOf(uids, tag, facts);
    return [
      {
        kind: "program-ended",
        uids: [...uids].sort((a, b) => a - b),
        rule: "program-ended",
        certainty: end === undefined ? ("likely" as const) : ("certain" as const),
        evidence: [
          end?.source ?? "no order known to us",
          `the tag ${tag} is on no party of ${facts.sight.knowsOther ? "either list" : "this list"} any more`,
        ],
        statement: `${end === undefined ? "The program" : "End of the program"} ${tag}${end === undefined ? " left the list" : ""}: ${words(parts)}`,
        parts,
      },
    ];
  });
}

/** Tags that a party lost in this publication, with those parties. */
function lostTags({ input }: EventFacts): Map<string, number[]> {
  const lost = new Map<string, number[]>();
  const add = (tag: string | undefined, uid: number) => {
    if (tag === undefined) return;
    const uids = lost.get(tag);
    if (uids === undefined) lost.set(tag, [uid]);
    else if (!uids.includes(uid)) uids.push(uid);
  };
  for (const change of input.set.changes) {
    if (change.op === "remove")
      for (const program of change.before.programs ?? []) add(program.code, change.uid);
    if (change.op !== "modify") continue;
    for (const field of change.fields)
      if (field.area === "program") add(tagOf("program", field.before), change.uid);
  }
  return lost;
}

/** Canonical lines hold `"code":"TAG"` for programs only; a quotation mark inside a text is escaped there. */
function carriesTag(state: ListState | null, tag: string): boolean {
  if (state === null) return false;
  const wanted = `"code":${JSON.stringify(tag)}`;
  for (const { line } of state.parties.values()) if (line.includes(wanted)) return true;
  return false;
}

function partsOf(uids: readonly number[], tag: string, { fates, sight }: EventFacts): EventPart[] {
  const byKind = new Map<string, number[]>();
  for (const uid of [...uids].sort((a, b) => a - b)) {
    const kind = fates.get(uid)?.kind ?? moved(tag, sight.before(uid), sight.after(uid));
    const of = byKind.get(kind) ?? [];
    of.push(uid);
    byKind.set(kind, of);
  }
  return [...byKind].sort((a, b) => compareText(a[0], b[0])).map(([kind, of]) => ({ kind, uids: of }));
}

type Tagged = { readonly programs?: readonly { readonly code: string }[] } | undefined;

/** Whether another tag came for the one that went, or the party keeps what it had beside it. */
function moved(tag: string, before: Tagged, after: Tagged): string {
  const had = new Set((before?.programs ?? []).map((program) => program.code));
  const gained = (after?.programs ?? []).some((program) => program.code !== tag && !had.has(program.code));
  return gained ? "program-moved" : "program-dropped";
}

const WORDS: Readonly<Record<string, string>> = {
  delisting: "delisted",
  "program-moved": "moved to another program",
  "program-dropped": "kept under its other programs",
  "list-removal": "removed from this list, remaining on another",
  redesignation: "delisted and redesignated",
  "duplicate-clean-up": "cleaned up as duplicates",
  "likely-same-party": "likely listed under another uid",
};

function words(parts: readonly EventPart[]): string {
  return parts.map((part) => `${part.uids.length} ${WORDS[part.kind] ?? part.kind}`).join(", ");
}
