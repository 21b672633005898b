import { fieldRule } from "../rule.ts";

/** A detail of a vessel. */
export const vesselDetail = fieldRule({
  id: "vessel-detail",
  areas: ["vessel"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "a detail of a vessel",
  why: "Type, tonnage, owner or year tell vessels apart only in doubt.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
