import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { Link, NoticeItem, noticeOperation } from "./notice.ts";
import {
  area,
  count,
  date,
  describes,
  formatVersion,
  instant,
  list,
  nullable,
  some,
  text,
  texts,
  typeCounts,
  uid,
} from "./words.ts";

const uids = (description: string) => Type.Array(uid("A party."), { description });
const verdict = ["agrees", "differs", "cannot be compared"] as const;

const Difference = describes<Domain.Difference>()(
  "Difference",
  "Where notice and list say different things.",
  Type.Object({ area: area(), notice: texts("Only in the notice."), list: texts("Only on the list.") }),
);

const PressMention = describes<Domain.PressMention>()(
  "PressMention",
  "A paragraph that names a party, verbatim.",
  Type.Object({
    pressRelease: text("Its id."),
    url: text(),
    paragraph: count("Which paragraph of the body, from 0."),
    text: text(),
    authorities: texts("Authorities that this paragraph names for the party."),
  }),
);

const ReconciledParty = describes<Domain.ReconciledParty>()(
  "ReconciledParty",
  "One party, as notice and list have it.",
  Type.Object({
    uid: nullable(uid("The party."), "Null where no party of the list fits."),
    name: text(),
    type: text(),
    operation: noticeOperation,
    status: Type.Enum([
      "announced and listed",
      "listed, not announced",
      "announced, not listed",
      "details differ",
    ]),
    notices: texts("Notices that name it."),
    lines: count("How many lines name it."),
    matchedBy: Type.Array(
      Type.Enum(["name", "alias", "script", "document", "birth-date", "program", "wallet", "type"]),
      { description: "What told that line and party are the same, the surest first." },
    ),
    differences: Type.Array(Difference),
    explanation: some(text("Why it is as it is, where that can be said.")),
    press: Type.Array(PressMention),
  }),
);

const PressComparison = describes<Domain.PressComparison>()(
  "PressComparison",
  "A press release's number claim against what the list did.",
  Type.Object({
    pressRelease: text("Its id."),
    url: text(),
    claim: nullable(text(), "The words; null where it gives no number."),
    announced: typeCounts("By type."),
    found: typeCounts("By type."),
    verdict: Type.Enum([...verdict]),
    reason: some(text()),
  }),
);

const DeltaComparison = describes<Domain.DeltaComparison>()(
  "DeltaComparison",
  "Our change set against OFAC's own delta.",
  Type.Object({
    verdict: Type.Enum([...verdict, "not cross-checked"]),
    publications: Type.Array(count("OFAC's number.")),
    addedOnlyHere: uids("Added here only."),
    addedOnlyThere: uids("Added there only."),
    removedOnlyHere: uids("Removed here only."),
    removedOnlyThere: uids("Removed there only."),
    modifiedOnlyHere: uids("Modified here only."),
    modifiedOnlyThere: uids("Modified there only."),
    areasDiffer: Type.Array(
      Type.Object({ uid: uid("The party."), here: Type.Array(area()), there: Type.Array(area()) }),
    ),
  }),
);

export const DeltaFacts = describes<Domain.DeltaFacts>()(
  "DeltaFacts",
  "What OFAC's own delta says.",
  Type.Object({
    publications: Type.Array(count("OFAC's number."), { description: "Covered, in order." }),
    entities: Type.Array(
      Type.Object({
        uid: uid("The party."),
        op: Type.Enum(["add", "remove", "modify"]),
        lists: texts("OFAC's names of the lists it names; most modifications name none."),
        areas: Type.Array(area(), { description: "Of a modification: areas that really changed." }),
      }),
    ),
  }),
);

const counts = Type.Object({
  add: typeCounts("By type."),
  delete: typeCounts("By type."),
  change: typeCounts("By type."),
});

export const Reconciliation = describes<Domain.Reconciliation>()(
  "Reconciliation",
  "Whether list, notices, press releases and OFAC's delta tell the same story.",
  Type.Object({
    formatVersion,
    publication: text("The record's id."),
    list: list(),
    notices: Type.Array(Link),
    pressReleases: Type.Array(Link),
    verdict: Type.Enum(["agrees", "disagrees", "no other witness"]),
    parties: Type.Array(ReconciledParty),
    counts: Type.Object({ announced: counts, found: counts }),
    press: Type.Array(PressComparison),
    delta: DeltaComparison,
    items: Type.Array(NoticeItem),
    times: Type.Object({
      notices: Type.Array(Type.Object({ id: text(), date: date("As stated.") })),
      list: Type.Object({
        date: nullable(date("US Eastern."), "Of the record."),
        after: nullable(instant("UTC."), "Not before."),
        notLaterThan: nullable(instant("UTC."), "Not after."),
      }),
      firstSeen: nullable(instant("UTC."), "When we first saw it."),
    }),
    sentences: texts("The whole in plain sentences, the most important first."),
  }),
);
