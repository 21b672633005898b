import { partyRule } from "../rule.ts";

/** Removed from this list, remains on another. */
export const listRemoval = partyRule({
  id: "list-removal",
  fate: "list-removal",
  actions: ["remove"],
  legalEffect: "critical",
  screeningEffect: "major",
  title: "removed from this list, remains on another",
  why: "One kind of prohibition ends and another stays: the party is not delisted, and telling readers so would unfreeze what is still restricted.",
  source: "OFAC keeps a party under one uid across its lists; 31 CFR 501.807 (removal from a list)",
  twin: "list-transfer",
});
