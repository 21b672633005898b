import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { PartyChange, UnknownChange } from "./change.ts";
import { Party } from "./party.ts";
import { ChangeCounts, Coverage, Previous, Record, StateRef } from "./record.ts";
import {
  count,
  date,
  describes,
  effect,
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
  uid,
} from "./words.ts";

const { id, segment, origin, kind, headline, state, supersedes } = Record.properties;
const url = text("Absolute.");
const easternDate = nullable(date("US Eastern."), "Eastern date; null where none is known.");

export const IndexEntry = describes<Domain.IndexEntry>()(
  "IndexEntry",
  "One record: enough to choose, order, fetch and check it.",
  Type.Object({
    id,
    list: list(),
    segment,
    origin,
    kind,
    date: easternDate,
    headline,
    counts: ChangeCounts,
    materiality: effect("The higher of the two axes."),
    legalEffect: effect("Does my exposure change?"),
    screeningEffect: effect("Must I screen again?"),
    hash: hash("Of the record's bytes."),
    bytes: count("Size of the record."),
    contextHash: hash("Over notices, press releases and observation; changes when late context arrives."),
    state,
    previous: nullable(Previous, "Null for a baseline."),
    supersedes,
    url,
    page: url,
  }),
);

export const IndexYear = describes<Domain.IndexYear>()(
  "IndexYear",
  "All records of one year, in a file of its own.",
  Type.Object({
    year: text("`2023`, or `undated`."),
    records: count("How many."),
    url,
    hash: hash("Of the file's bytes."),
    bytes: count("Size of the file."),
  }),
);

export const IndexFile = describes<Domain.IndexFile>()(
  "IndexFile",
  "The newest records, newest first, and where all of them stand by year.",
  Type.Object({
    formatVersion,
    total: count("Of all records; `records` holds the newest of them."),
    records: Type.Array(IndexEntry),
    years: Type.Array(IndexYear),
  }),
);

export const IndexYearFile = describes<Domain.IndexYearFile>()(
  "IndexYearFile",
  "Every record of a year, newest first.",
  Type.Object({ formatVersion, year: text("`2023`, or `undated`."), records: Type.Array(IndexEntry) }),
);

export const LatestFile = describes<Domain.LatestFile>()(
  "LatestFile",
  "The newest record of each list that is followed.",
  Type.Object({
    formatVersion,
    lists: Type.Array(
      describes<Domain.LatestList>()(
        "LatestList",
        "A list as it stands.",
        Type.Object({
          list: list(),
          segment,
          state: StateRef,
          counts: typeCounts("Parties by type."),
          coverage: Coverage,
          record: nullable(IndexEntry, "Its newest record."),
        }),
      ),
    ),
  }),
);

const pointMembers = { id, date: easternDate, state: StateRef };
export const StatePoint = describes<Domain.StatePoint>()(
  "StatePoint",
  "A state by the record that leads to it.",
  Type.Object(pointMembers),
);

const PublishedCatchUp = describes<Domain.PublishedCatchUp>()(
  "PublishedCatchUp",
  "Where a composed change set is published.",
  Type.Object({ from: StatePoint, to: StatePoint, url }),
);

export const SyncFile = describes<Domain.SyncFile>()(
  "SyncFile",
  "What a mirror needs to come up to date, segment by segment.",
  Type.Object({
    formatVersion,
    segments: Type.Array(
      describes<Domain.SyncSegment>()(
        "SyncSegment",
        "One chain of records with its published states and catch-up files.",
        Type.Object({
          list: list(),
          segment,
          origin,
          profile,
          records: count("How many."),
          head: Type.Object({ ...pointMembers, hash: hash("Of the newest record's bytes.") }),
          states: Type.Array(
            describes<Domain.PublishedState>()(
              "PublishedState",
              "A whole state as NDJSON: one canonical party a line, ascending uid.",
              Type.Object({ ...pointMembers, url }),
            ),
          ),
          since: Type.Array(PublishedCatchUp, {
            description: "One change set from each recent record to the newest, newest first.",
          }),
          months: Type.Array(PublishedCatchUp, {
            description: "One change set for each month with records, oldest first.",
          }),
        }),
      ),
    ),
  }),
);

export const CatchUp = describes<Domain.CatchUp>()(
  "CatchUp",
  "Several records in a row as one change set. Applied and proven like a record.",
  Type.Object({
    formatVersion,
    list: list(),
    segment,
    records: texts("Ids of the records it stands for, oldest first."),
    from: StatePoint,
    to: StatePoint,
    counts: ChangeCounts,
    changes: Type.Array(PartyChange),
    unknown: Type.Array(UnknownChange),
  }),
);

export const PartyFile = describes<Domain.PartyFile>()(
  "PartyFile",
  "Where a party stands, and each record that touched it, oldest first.",
  Type.Object({
    formatVersion,
    uid: uid("The party."),
    name: text("As last seen."),
    type: text("As last seen."),
    standing: Type.Enum(["listed", "removed", "unknown"]),
    party: nullable(Party, "As listed now, or as last listed; null where only changes are known."),
    history: Type.Array(
      describes<Domain.PartyTouch>()(
        "PartyTouch",
        "One record that touched a party.",
        Type.Object({
          id,
          list: list(),
          segment,
          date: easternDate,
          headline,
          hash: hash("Of the record's bytes."),
          url,
          change: nullable(PartyChange, "Null where only unknown differences touched it."),
          unknown: Type.Array(UnknownChange),
        }),
      ),
    ),
  }),
);

const moment = (description: string) => nullable(instant("UTC."), description);

export const StatusFile = describes<Domain.StatusFile>()(
  "StatusFile",
  "When each source was last looked at. The one file that changes when nothing was found.",
  Type.Object({
    formatVersion,
    lookedAt: moment("The newest look."),
    answeredAt: moment("The newest look that was answered."),
    sources: Type.Array(
      describes<Domain.StatusSource>()(
        "StatusSource",
        "How one source fares.",
        Type.Object({
          source: text("`sdn`, `consolidated`, `publications`, `notices`."),
          state: text("`current`, `stale`, `blocked`, `held`."),
          lastLook: moment("Whatever came of it."),
          lastSuccess: moment("Answered."),
          since: some(moment("In that state since.")),
          failure: some(nullable(text(), "Code of the last failure, while it lasts.")),
        }),
      ),
    ),
    held: Type.Array(
      Type.Object({
        list: list(),
        parties: count("Removals that wait."),
        since: some(instant("The longest waiting of them.")),
      }),
    ),
    behind: some(
      nullable(
        Type.Object({ publication: count("OFAC's number."), at: instant("OFAC's instant.") }),
        "A publication that OFAC's history listed and whose files were not seen; null: none.",
      ),
    ),
    newest: nullable(
      describes<Domain.StatusNewest>()(
        "StatusNewest",
        "The newest publication of any list.",
        Type.Object({ id, headline, hash: hash("Of the record's bytes."), page: url }),
      ),
      "Null where there is none.",
    ),
  }),
);
