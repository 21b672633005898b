import { fieldRule } from "../rule.ts";

/** Secondary-sanctions text gained. */
export const secondarySanctionsGained = fieldRule({
  id: "secondary-sanctions-gained",
  areas: ["secondary-sanctions"],
  actions: ["add"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "secondary-sanctions text gained",
  why: "Foreign persons who deal with the party risk sanctions themselves.",
  source:
    "The `Secondary sanctions risk:` and `Additional Sanctions Information -` notations; e.g. EO 14024 section 11, 31 CFR 589.201, 31 CFR 510.201 and 510.210",
  twin: "secondary-sanctions-lost",
});
