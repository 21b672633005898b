import { fieldRule } from "../rule.ts";

/** An address. */
export const address = fieldRule({
  id: "address",
  areas: ["address"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "an address",
  why: "Addresses help in doubt; few screens match on them alone.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
