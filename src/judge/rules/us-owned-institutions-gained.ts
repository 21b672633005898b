import { fieldRule } from "../rule.ts";
import { isUsOwnedNotation } from "../view.ts";

/** The notation of 31 CFR 510.214 gained. */
export const usOwnedInstitutionsGained = fieldRule({
  id: "us-owned-institutions-gained",
  areas: ["feature", "secondary-sanctions", "restriction", "remarks"],
  actions: ["add"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "the notation of 31 CFR 510.214 gained",
  why: "It binds foreign subsidiaries of U.S. financial institutions: a primary prohibition of its own kind, not secondary sanctions.",
  source: "31 CFR 510.214: dealings by persons owned or controlled by U.S. financial institutions",
  twin: "us-owned-institutions-lost",
  applies: ({ field }) => isUsOwnedNotation(field),
});
