import { fieldRule } from "../rule.ts";

/** A detail of an aircraft. */
export const aircraftDetail = fieldRule({
  id: "aircraft-detail",
  areas: ["aircraft"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "a detail of an aircraft",
  why: "Model, operator or date of manufacture tell aircraft apart only in doubt.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
