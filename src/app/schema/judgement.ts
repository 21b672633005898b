import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { Value } from "./change.ts";
import {
  area,
  count,
  describes,
  effect,
  hash,
  nullable,
  some,
  text,
  texts,
  typeCounts,
  uid,
} from "./words.ts";

const uids = (description: string) => Type.Array(uid("A party."), { description });
const effects = {
  legalEffect: effect("Does my exposure change?"),
  screeningEffect: effect("Must I screen again?"),
};
const rule = text("Id of the rule that decided.");

export const JudgedField = describes<Domain.JudgedField>()(
  "JudgedField",
  "How much one field of a modified party matters; in the order of its `fields`.",
  Type.Object({
    key: text("The field's key."),
    ...effects,
    rule,
    group: some(count("Index into `groups`, when the edit is part of a mass edit.")),
  }),
);

export const JudgedChange = describes<Domain.JudgedChange>()(
  "JudgedChange",
  "How much the change of one party matters.",
  Type.Object({
    uid: uid("The party."),
    op: Type.Enum(["add", "remove", "modify"]),
    ...effects,
    rule,
    reason: text("Why, in words."),
    fields: some(Type.Array(JudgedField)),
  }),
);

export const EventPart = describes<Domain.EventPart>()(
  "EventPart",
  "Some of an event's parties, and what befell them.",
  Type.Object({ kind: text(), uids: uids("Which.") }),
);

export const JudgedEvent = describes<Domain.JudgedEvent>()(
  "JudgedEvent",
  "What a change, or several together, mean.",
  Type.Object({
    kind: text("`listing`, `delisting`, `redesignation`, `list-transfer`, `mass-edit`, …"),
    legalVerb: some(text("`designated`, `identified`, … where the source gives one.")),
    uids: uids("The parties."),
    rule,
    certainty: Type.Enum(["certain", "likely"]),
    evidence: texts("What it rests on."),
    statement: some(text("The event in one sentence that is legally right.")),
    parts: some(Type.Array(EventPart)),
    remainsOn: some(texts("Lists the party is still on, as OFAC names them.")),
  }),
);

export const MassEdit = describes<Domain.MassEdit>()(
  "MassEdit",
  "The identical edit on ten or more parties.",
  Type.Object({
    area: area(),
    action: Type.Enum(["add", "remove", "change"]),
    before: nullable(Value, "The child before; null on add."),
    after: nullable(Value, "The child after; null on remove."),
    count: count("Parties with this edit."),
    counts: typeCounts("The same by type."),
    uids: uids("Which."),
    unproven: some(uids("Of these, the parties on which the edit is seen but not proven.")),
    legalEffect: some(effect("How every one of these edits is judged.")),
    screeningEffect: some(effect("How every one of these edits is judged.")),
    rule: some(rule),
  }),
);

export const Judgement = describes<Domain.Judgement>()(
  "Judgement",
  "How much a publication matters and why; beside the facts, never in their place.",
  Type.Object({
    materiality: effect("The higher of the two axes."),
    ...effects,
    changes: Type.Array(JudgedChange, { description: "One per changed party, in the order of `changes`." }),
    events: Type.Array(JudgedEvent),
    groups: Type.Array(MassEdit),
    meaning: some(text("What the counts of the headline mean, in one short line.")),
    unknownPrograms: some(texts("Program tags that no table knows.")),
  }),
);

export const JudgeId = describes<Domain.JudgeId>()(
  "JudgeId",
  "Which rules judged.",
  Type.Object({ version: count("Of the table of rules."), config: hash("Of the levels in force.") }),
);
