import { fieldRule } from "../rule.ts";

/** Secondary-sanctions text changed. */
export const secondarySanctionsChanged = fieldRule({
  id: "secondary-sanctions-changed",
  areas: ["secondary-sanctions"],
  actions: ["change"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "secondary-sanctions text changed",
  why: "Another legal basis for sanctions on foreign persons who deal with the party.",
  source:
    "The `Secondary sanctions risk:` and `Additional Sanctions Information -` notations; e.g. EO 14024 section 11, 31 CFR 589.201, 31 CFR 510.201 and 510.210",
});
