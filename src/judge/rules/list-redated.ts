import { fieldRule } from "../rule.ts";

/** The date of a list membership changed. */
export const listRedated = fieldRule({
  id: "list-redated",
  areas: ["list"],
  actions: ["change"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "the date of a list membership changed",
  why: "Wind-down and divestment periods run from the listing date.",
  source:
    "Lists of the Enhanced format: each stands for its own prohibitions (SDN, SSI, CAPTA, NS-MBS, NS-CMIC, NS-PLC, FSE)",
});
