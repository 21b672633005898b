import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { AREA_NAMES } from "../../domain/index.ts";
import { PartyChange, UnknownChange } from "./change.ts";
import { JudgeId, Judgement } from "./judgement.ts";
import {
  count,
  date,
  describes,
  formatVersion,
  hash,
  instant,
  list,
  nullable,
  profile,
  some,
  text,
  texts,
  typeCounts,
} from "./words.ts";

export const Issue = describes<Domain.Issue>()(
  "Issue",
  "What could not be understood.",
  Type.Object({
    severity: Type.Enum(["fatal", "warning"]),
    code: text("Stable and public."),
    message: text(),
    where: text("File, record or line."),
    examples: texts("A few, short."),
  }),
);

export const provenance = Type.Enum(["official file", "third-party capture", "official delta", "composed"], {
  description: "Where bytes come from. Composed documents are no publications of OFAC's.",
});

export const SourceRef = describes<Domain.SourceRef>()(
  "SourceRef",
  "A file that the state was read from.",
  Type.Object({
    file: text("Its name."),
    sha256: hash("Of the unpacked file."),
    bytes: count("Of the unpacked file."),
    provenance,
  }),
);

export const StateRef = describes<Domain.StateRef>()(
  "StateRef",
  "A state by its hash: SHA-256 over the lines `<uid> <sha-256 hex of the party's RFC 8785 bytes>\\n` in ascending " +
    "uid order.",
  Type.Object({ hash: hash("The state hash."), parties: count("How many parties.") }),
);

export const Coverage = Type.Unsafe<Domain.Coverage>(
  Type.Object(
    Object.fromEntries(
      AREA_NAMES.map((name) => [name, some(Type.Enum(["complete", "truncated", "absent"]))] as const),
    ),
    {
      title: "Coverage",
      description:
        "How far the source shows an area; areas not named are complete. What it cannot show is unknown.",
    },
  ),
);

export const Window = describes<Domain.LedgerRecord["window"]>()(
  "Window",
  "When the publication must have happened, where known.",
  Type.Object({
    after: nullable(instant("UTC."), "Not before."),
    notLaterThan: nullable(instant("UTC."), "Not after."),
  }),
);

export const ChangeCounts = describes<Domain.ChangeCounts>()(
  "ChangeCounts",
  "Parties by type. Of a baseline, all parties count as added.",
  Type.Object({
    added: typeCounts("Added."),
    removed: typeCounts("Removed."),
    changed: typeCounts("Modified."),
  }),
);

const ID =
  "`sdn-20230523`; the second record of a day `sdn-20230523.2`; `…-c1` corrects, `…-r1` reinterprets.";
const origin = Type.Enum(["live", "import"], {
  description: "Followed as it happened, or read from older files.",
});
const segment = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$", description: "One unbroken chain." });

export const OfacPublication = describes<Domain.OfacPublication>()(
  "OfacPublication",
  "A publication as OFAC's own service numbers it.",
  Type.Object({ id: count("OFAC's number."), datePublished: text("As OFAC states it.") }),
);

export const Previous = describes<{ readonly id: string; readonly hash: Domain.Hash }>()(
  "RecordRef",
  "A record by id and by the SHA-256 of its file's bytes.",
  Type.Object({ id: text(ID), hash: hash("Of the file's bytes.") }),
);

export const Record = describes<Domain.LedgerRecord>()(
  "Record",
  "What one publication changed, chained to the record before it.",
  Type.Object({
    formatVersion,
    id: text(ID),
    list: list(),
    segment,
    origin,
    kind: Type.Enum(["baseline", "publication", "reinterpretation", "correction"], {
      description:
        "All are replayed alike; the kind only decides who is told. A baseline carries no changes.",
    }),
    headline: text("The one-line summary."),
    date: nullable(date("US Eastern."), "Eastern date of the publication; null where none is known."),
    dateBasis: Type.Enum(["publish-date", "ofac-publication", "capture", "notice", "none"]),
    sequence: count("Which record of its list and Eastern date, from 1."),
    releaseId: text("What OFAC published at one instant, over both lists."),
    window: Window,
    ofacPublications: Type.Array(OfacPublication, { description: "Covered by (previous, this]." }),
    profile,
    interpreter: text("Which reader made the state."),
    judge: JudgeId,
    context: Type.Object({ otherList: nullable(hash("State hash."), "The other list as the judge saw it.") }),
    coverage: Coverage,
    sources: Type.Array(SourceRef),
    state: Type.Object({ from: nullable(StateRef, "Null for a baseline."), to: StateRef }),
    counts: ChangeCounts,
    changes: Type.Array(PartyChange, { description: "Ascending by uid." }),
    unknown: Type.Array(UnknownChange, {
      description:
        "Differences that may only have slipped past what the source shows. Apply them with `changes`.",
    }),
    judgement: Judgement,
    issues: Type.Array(Issue),
    previous: nullable(Previous, "Null for a baseline."),
    supersedes: some(text("Of a correction or reinterpretation: the id of the record it supersedes.")),
    reason: some(text("Of a correction or reinterpretation: why.")),
    unconfirmedRemovals: some(
      Type.Literal(true, {
        description: "Removals were implausibly many, and nothing confirmed them in a day.",
      }),
    ),
  }),
);

export const Head = describes<Domain.Head>()(
  "Head",
  "The newest record of a segment, and the hashes of its state's files.",
  Type.Object({
    formatVersion,
    list: list(),
    segment,
    origin,
    id: text(ID),
    hash: hash("Of the newest record's bytes."),
    date: nullable(date("US Eastern."), "Eastern date of the newest record."),
    state: StateRef,
    counts: typeCounts("Parties by type."),
    profile,
    interpreter: text("Which reader made the state."),
    coverage: Coverage,
    records: count("How many records the segment has."),
    sources: Type.Array(SourceRef),
    window: Window,
    shards: Type.Unsafe<Domain.Head["shards"]>(
      Type.Record(Type.String(), hash("Of the file's bytes."), {
        description: "Hash of each file under `parties/`, by its number: floor(uid / 250).",
      }),
    ),
  }),
);
