import Type from "typebox";
import type * as Raw from "../raw/entry.ts";
import { Receipt } from "./context.ts";
import { provenance } from "./record.ts";
import { count, describes, formatVersion, hash, instant, list, nullable, text } from "./words.ts";

const KeptObject = describes<Raw.KeptObject>()(
  "KeptObject",
  "Where the bytes of a kept file lie.",
  Type.Object({
    path: text("Relative to the store's folder."),
    sha256: hash("Of the object as it lies there."),
    bytes: count("Of the object as it lies there."),
    base: nullable(
      hash("Of the unpacked base."),
      "The file it is written as a difference to; null: it is whole.",
    ),
    place: count("Files since the last whole one of its series."),
  }),
);

const KeptFile = describes<Raw.KeptFile>()(
  "KeptFile",
  "One source file that is kept.",
  Type.Object({
    file: text("Its name."),
    sha256: hash("Of the unpacked file."),
    bytes: count("Of the unpacked file."),
    provenance,
    receipt: nullable(Receipt, "What the fetch saw; null for a file that was supplied."),
    object: KeptObject,
  }),
);

export const RawEntry = describes<Raw.RawEntry>()(
  "RawEntry",
  "The source files that one record was read from, and where they lie in the store.",
  Type.Object({
    formatVersion,
    list: list(),
    segment: text("The chain."),
    id: text("The record."),
    record: hash("Of the record's bytes."),
    keptAt: instant("When they were put there."),
    files: Type.Array(KeptFile),
    seal: hash("Of the RFC 8785 form of the other members."),
  }),
);
