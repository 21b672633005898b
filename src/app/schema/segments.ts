import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { Coverage, Head, provenance, StateRef } from "./record.ts";
import { count, date, describes, formatVersion, list, profile, text } from "./words.ts";

const { segment, origin, interpreter } = Head.properties;

const Stretch = describes<Domain.Stretch>()(
  "Stretch",
  "A time of which a segment tells every publication, as far as its files lie dense.",
  Type.Object({ from: date("US Eastern."), to: date("US Eastern."), records: count("In it.") }),
);

const Gap = describes<Domain.Gap>()(
  "Gap",
  "A time from which a segment has no file: whatever was published in it is in one record together.",
  Type.Object({
    after: date("Eastern day on which the list was last known as it was."),
    until: date("Eastern day of the record."),
    days: count("From one to the other."),
    id: text("The record that holds all of it."),
  }),
);

const [officialFile, capture, delta, composed] = provenance.enum;

export const SegmentsFile = describes<Domain.SegmentsFile>()(
  "SegmentsFile",
  "Every segment: which follows OFAC, what each was read from, where it is dense and where it has gaps.",
  Type.Object({
    formatVersion,
    segments: Type.Array(
      Type.Object({
        list: list(),
        segment,
        origin,
        profile,
        interpreter,
        coverage: Coverage,
        records: count("How many records the segment has."),
        head: text("Its newest record."),
        state: StateRef,
        stretches: Type.Array(Stretch),
        gaps: Type.Array(Gap),
        provenance: Type.Unsafe<Domain.Density["provenance"]>(
          Type.Object(
            Object.fromEntries(
              [officialFile, capture, delta, composed].map((grade) => [
                grade,
                Type.Optional(count("Records.")),
              ]),
            ),
            { description: "Records by the least of what vouches for their files." },
          ),
        ),
      }),
    ),
  }),
);
