import { fieldRule } from "../rule.ts";

/** A remark in free text. */
export const remarks = fieldRule({
  id: "remarks",
  areas: ["remarks"],
  actions: ["add", "remove"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "a remark in free text",
  why: "What no area of its own has; to be read, not matched.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
