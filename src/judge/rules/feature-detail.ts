import { fieldRule } from "../rule.ts";

/** A further fact about the party. */
export const featureDetail = fieldRule({
  id: "feature-detail",
  areas: ["feature"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "a further fact about the party",
  why: "Kind of organisation, date of foundation, issuer: of use in doubt only.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
