import { fieldRule } from "../rule.ts";
import { hasKeys } from "../view.ts";

/** A call sign, IMO number or MMSI of a vessel. */
export const vesselIdentifier = fieldRule({
  id: "vessel-identifier",
  areas: ["vessel"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a call sign, IMO number or MMSI of a vessel",
  why: "Ships change name and flag; these numbers are what trade and insurance are screened by.",
  source:
    "IMO Ship Identification Number Scheme (resolution A.1117(30)); ITU Radio Regulations, article 19 (MMSI, call signs)",
  applies: ({ field }) => hasKeys(field),
});
