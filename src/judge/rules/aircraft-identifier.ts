import { fieldRule } from "../rule.ts";
import { hasKeys } from "../view.ts";

/** A tail number, serial number or transponder code of an aircraft. */
export const aircraftIdentifier = fieldRule({
  id: "aircraft-identifier",
  areas: ["aircraft"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a tail number, serial number or transponder code of an aircraft",
  why: "Aircraft are screened by these; their name on the list is one of them.",
  source:
    "Convention on International Civil Aviation, Annex 7 (registration marks) and Annex 10 (24-bit addresses)",
  applies: ({ field }) => hasKeys(field),
});
