import { fieldRule } from "../rule.ts";

/** Membership of a list lost. */
export const listLost = fieldRule({
  id: "list-lost",
  areas: ["list"],
  actions: ["remove"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "membership of a list lost",
  why: "The prohibitions of that list end while the party remains on another: this is not a delisting.",
  source:
    "Lists of the Enhanced format: each stands for its own prohibitions (SDN, SSI, CAPTA, NS-MBS, NS-CMIC, NS-PLC, FSE)",
  twin: "list-gained",
});
