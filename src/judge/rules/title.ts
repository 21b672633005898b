import { fieldRule } from "../rule.ts";

/** A title or position. */
export const title = fieldRule({
  id: "title",
  areas: ["title"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "a title or position",
  why: "Titles and positions help in doubt, and change often.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
