import { fieldRule } from "../rule.ts";
import { isUsOwnedNotation } from "../view.ts";

/** The notation of 31 CFR 510.214 lost. */
export const usOwnedInstitutionsLost = fieldRule({
  id: "us-owned-institutions-lost",
  areas: ["feature", "secondary-sanctions", "restriction", "remarks"],
  actions: ["remove"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "the notation of 31 CFR 510.214 lost",
  why: "It binds foreign subsidiaries of U.S. financial institutions: a primary prohibition of its own kind, not secondary sanctions.",
  source: "31 CFR 510.214: dealings by persons owned or controlled by U.S. financial institutions",
  twin: "us-owned-institutions-gained",
  applies: ({ field }) => isUsOwnedNotation(field),
});
