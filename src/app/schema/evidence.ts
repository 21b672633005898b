import Type from "typebox";
import type {
  Latency,
  LatencyFile,
  LatencyMarks,
  LatencyMonth,
  LatencyTimes,
  StretchTimes,
} from "../evidence/latency.ts";
import type { FoundSource, LookStretch, LooksFile, WrittenLook } from "../evidence/looks.ts";
import { sourceName, sourceState } from "./ledger-files.ts";
import { count, date, describes, formatVersion, hash, instant, list, nullable, some, text } from "./words.ts";

export const LooksMonth = describes<LooksFile>()(
  "LooksFile",
  "The evidence that we looked, by UTC month. Looks that found the same are one stretch.",
  Type.Object({
    formatVersion,
    month: text("`2023-05`."),
    stretches: Type.Array(
      describes<LookStretch>()(
        "LookStretch",
        "Looks in a row that found the same.",
        Type.Object({
          found: Type.Array(
            describes<FoundSource>()(
              "FoundSource",
              "What a look found of one source.",
              Type.Object({
                source: sourceName,
                state: sourceState,
                failure: nullable(text(), "Code of the failure, where the source did not answer."),
                hash: nullable(
                  hash("SHA-256."),
                  "Of a list: of the file its server has, or had when it answered.",
                ),
                publication: nullable(
                  count("OFAC's number."),
                  "OFAC's publication that this file is of; of the history, the newest it lists.",
                ),
              }),
            ),
          ),
          looks: Type.Array(
            describes<WrittenLook>()(
              "WrittenLook",
              "A look that was written down.",
              Type.Object({
                at: instant("UTC."),
                count: count("Looks since the one written before it, this one included."),
                gap: nullable(
                  count("Seconds."),
                  "The longest time between two of these; null of the first of all.",
                ),
              }),
            ),
          ),
        }),
      ),
    ),
  }),
);

const marks = {
  id: text("The record's id."),
  committed: some(instant("Pushed where others can read it.")),
  deployed: some(instant("On the published site.")),
  firstMail: some(instant("Its first message was handed over.")),
  lastMail: some(instant("Its latest message was handed over.")),
};

export const LatencyMonthFile = describes<LatencyMonth>()(
  "LatencyMonth",
  "When publications were committed, deployed and sent, by the month of the publication.",
  Type.Object({
    formatVersion,
    month: text("`2023-05`, or `undated`."),
    publications: Type.Array(
      describes<LatencyMarks>()(
        "LatencyMarks",
        "The instants that a publication reached something; one that is missing is not known.",
        Type.Object(marks),
      ),
    ),
  }),
);

export const LatencyReport = describes<LatencyFile>()(
  "LatencyFile",
  "How long each publication took to reach whom, and p50 and p95 of each month.",
  Type.Object({
    formatVersion,
    months: Type.Array(
      describes<LatencyTimes>()(
        "LatencyTimes",
        "A month of publications.",
        Type.Object({
          month: text("`2023-05`, or `undated`."),
          publications: count("How many."),
          times: Type.Array(
            describes<StretchTimes>()(
              "StretchTimes",
              "How long one stretch of the way took. Seconds, by nearest rank.",
              Type.Object({
                from: Type.Enum(["published", "firstSeen"]),
                to: Type.Enum(["firstSeen", "committed", "deployed", "firstMail", "lastMail"]),
                count: count("Publications that have both instants."),
                p50: count("Half of them within."),
                p95: count("95 of 100 within."),
              }),
            ),
          ),
        }),
      ),
    ),
    publications: Type.Array(
      describes<Latency>()(
        "Latency",
        "The way of one publication.",
        Type.Object({
          ...marks,
          list: list(),
          date: nullable(date("US Eastern."), "Null where none is known."),
          published: nullable(instant("OFAC's."), "Null where its history states none."),
          firstSeen: nullable(instant("Ours."), "Null where it was not observed."),
        }),
      ),
    ),
  }),
);
