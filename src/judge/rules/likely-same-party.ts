import { partyRule } from "../rule.ts";

/** Removed and listed under another uid, likely the same party. */
export const likelySameParty = partyRule({
  id: "likely-same-party",
  fate: "likely-same-party",
  actions: ["add", "remove"],
  legalEffect: "critical",
  screeningEffect: "critical",
  title: "removed and listed under another uid, likely the same party",
  why: "What is only likely must not lower a level: until somebody has looked, it stands as high as a listing and a delisting.",
  source: "Same name and type without a key that one party alone can hold, or such a key with another type",
});
