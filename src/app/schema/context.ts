import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { Link, NoticeItem, NumberClaim, noticeOperation } from "./notice.ts";
import { DeltaFacts, Reconciliation } from "./reconciliation.ts";
import { Issue } from "./record.ts";
import {
  count,
  date,
  describes,
  formatVersion,
  hash,
  instant,
  nullable,
  some,
  text,
  texts,
} from "./words.ts";

export const Receipt = describes<Domain.Receipt>()(
  "Receipt",
  "What one fetch saw.",
  Type.Object({
    url: text("Asked for, without query."),
    finalHost: text("Host that finally answered."),
    status: Type.Integer({ minimum: 0, maximum: 999 }),
    bytes: count("Size of the body."),
    sha256: hash("Of the body."),
    etag: nullable(text(), "ETag."),
    lastModified: nullable(text(), "Last-Modified."),
    publicationId: nullable(text(), "OFAC's own header."),
    previewDate: nullable(text(), "OFAC's own header."),
    deltaName: nullable(text(), "OFAC's own header."),
    at: instant("When the answer was complete."),
  }),
);

export const Observation = describes<Domain.Observation>()(
  "Observation",
  "When and how a publication was seen: beside its record, never in its hash.",
  Type.Object({
    formatVersion,
    id: text("The record's id."),
    firstSeen: instant("UTC."),
    receipts: Type.Array(Receipt),
    route: text("Where it was asked for."),
    warnings: Type.Array(Issue),
  }),
);

const NoticeEntry = describes<Domain.NoticeEntry>()(
  "NoticeEntry",
  "One entry line.",
  Type.Object({
    operation: noticeOperation,
    text: text("The whole line, verbatim but for white space."),
    before: some(text("Of a change: what stands before `-to-`.")),
    after: some(text("Of a change: what stands after `-to-`.")),
  }),
);

const NoticeSection = describes<Domain.NoticeSection>()(
  "NoticeSection",
  "The lines under one heading of a notice.",
  Type.Object({
    heading: text("As the page writes it."),
    list: nullable(text(), "OFAC's name of the list, where the page names one."),
    operation: noticeOperation,
    partyType: nullable(text(), "Party type the heading speaks of."),
    administrative: Type.Boolean(),
    entries: Type.Array(NoticeEntry),
  }),
);

export const Notice = describes<Domain.Notice>()(
  "Notice",
  "An OFAC recent-action page.",
  Type.Object({
    id: text("The page's slug."),
    url: text(),
    title: text(),
    date: date("As stated on the page."),
    nodeId: nullable(text(), "Number of the page, where it has one."),
    categories: texts("As the page names them."),
    pressReleases: Type.Array(Link),
    downloads: Type.Array(Link),
    text: text("The body, paragraphs parted by an empty line."),
    sections: some(Type.Array(NoticeSection)),
    items: some(Type.Array(NoticeItem)),
    sha256: hash("Of the page's bytes."),
    issues: Type.Array(Issue),
  }),
);

export const PressRelease = describes<Domain.PressRelease>()(
  "PressRelease",
  "A press release of the Treasury or of State.",
  Type.Object({
    id: text("e.g. jy1498."),
    url: text(),
    title: text(),
    published: nullable(text(), "As the page states it, with its offset."),
    date: nullable(date("US Eastern."), "Its date."),
    text: text("The body, paragraphs parted by an empty line."),
    notices: Type.Array(Link),
    bold: some(texts("What it prints in bold: as a rule the names of the parties.")),
    authorities: some(texts("Authorities it names.")),
    numbers: some(Type.Array(NumberClaim)),
    sha256: hash("Of the page's bytes."),
    issues: Type.Array(Issue),
  }),
);

export const ContextEntry = describes<Domain.ContextEntry>()(
  "ContextEntry",
  "What is kept of a notice, press release, delta or reconciliation.",
  Type.Object({
    formatVersion,
    kind: Type.Enum(["notice", "press-release", "delta", "reconciliation"]),
    id: text("Of what it holds; a later version of the same is an entry of its own, `20230523-v2`."),
    date: nullable(date("US Eastern."), "Of the publication it belongs to."),
    notice: some(Notice),
    pressRelease: some(PressRelease),
    delta: some(DeltaFacts),
    reconciliation: some(Reconciliation),
    firstSeen: some(instant("When it first came to this ledger.")),
    provenance: Type.Enum(["official page", "official delta", "composed"]),
  }),
);
