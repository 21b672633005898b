import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { count, describes, some, text, texts, typeCounts } from "./words.ts";

/** What a section or line of a notice says was done. */
export const noticeOperation = Type.Enum(["add", "delete", "change", "other"], {
  description: "What the page says was done.",
});

export const Link = describes<Domain.Link>()("Link", "A link.", Type.Object({ title: text(), url: text() }));

export const NoticeItem = describes<Domain.NoticeItem>()(
  "NoticeItem",
  "One thing that a notice announces.",
  Type.Object({
    kind: Type.Enum([
      "list-update",
      "general-licence",
      "determination",
      "faq",
      "enforcement",
      "regulation",
      "other",
    ]),
    title: text("As the page writes it."),
    numbers: texts("Numbers of licences and FAQs."),
    topic: some(text("e.g. Venezuela-related.")),
    expires: some(text("Of a licence: until when, in OFAC's own words.")),
    links: Type.Array(Link),
    text: text("The sentence it was read from, verbatim."),
  }),
);

export const NumberClaim = describes<Domain.NumberClaim>()(
  "NumberClaim",
  "What a press release says about how many parties.",
  Type.Object({
    counts: typeCounts("By party type; `unknown` for targets, persons or parties of no stated type."),
    text: text("The words that say it."),
    sentence: text("The sentence they stand in, verbatim."),
    paragraph: count("Which paragraph of the body, from 0."),
    operation: noticeOperation,
  }),
);
