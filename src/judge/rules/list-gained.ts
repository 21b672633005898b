import { fieldRule } from "../rule.ts";

/** Membership of a list gained. */
export const listGained = fieldRule({
  id: "list-gained",
  areas: ["list"],
  actions: ["add"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "membership of a list gained",
  why: "Each list has its own prohibitions; a party already listed can gain one without becoming a new party.",
  source:
    "Lists of the Enhanced format: each stands for its own prohibitions (SDN, SSI, CAPTA, NS-MBS, NS-CMIC, NS-PLC, FSE)",
  twin: "list-lost",
});
