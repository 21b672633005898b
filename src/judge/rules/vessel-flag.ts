import { fieldRule } from "../rule.ts";
import { labelOf } from "../view.ts";

/** The flag of a vessel: re-adjudicate cleared hits. */
export const vesselFlag = fieldRule({
  id: "vessel-flag",
  areas: ["vessel"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "the flag of a vessel: re-adjudicate cleared hits",
  why: "A hit that was cleared because the flags differed has to be looked at again.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
  applies: ({ field }) => labelOf(field).includes("flag"),
});
