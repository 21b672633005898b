import { fieldRule } from "../rule.ts";
import { isUsOwnedNotation } from "../view.ts";

/** The notation of 31 CFR 510.214 changed. */
export const usOwnedInstitutionsChanged = fieldRule({
  id: "us-owned-institutions-changed",
  areas: ["feature", "secondary-sanctions", "restriction"],
  actions: ["change"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "the notation of 31 CFR 510.214 changed",
  why: "It binds foreign subsidiaries of U.S. financial institutions: a primary prohibition of its own kind, not secondary sanctions.",
  source: "31 CFR 510.214: dealings by persons owned or controlled by U.S. financial institutions",
  applies: ({ field }) => isUsOwnedNotation(field),
});
