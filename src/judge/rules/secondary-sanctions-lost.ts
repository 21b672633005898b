import { fieldRule } from "../rule.ts";

/** Secondary-sanctions text lost. */
export const secondarySanctionsLost = fieldRule({
  id: "secondary-sanctions-lost",
  areas: ["secondary-sanctions"],
  actions: ["remove"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "secondary-sanctions text lost",
  why: "A warning to foreign persons no longer stands on the entry.",
  source:
    "The `Secondary sanctions risk:` and `Additional Sanctions Information -` notations; e.g. EO 14024 section 11, 31 CFR 589.201, 31 CFR 510.201 and 510.210",
  twin: "secondary-sanctions-gained",
});
