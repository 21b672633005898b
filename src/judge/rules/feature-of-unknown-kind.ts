import { classifyLabel } from "../../domain/index.ts";
import { fieldRule } from "../rule.ts";
import { labelOf } from "../view.ts";

/** A fact under a label that no table of ours knows. */
export const featureOfUnknownKind = fieldRule({
  id: "feature-of-unknown-kind",
  areas: ["feature"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a fact under a label that no table of ours knows",
  why: "It may be a new kind of match key. Doubt is told, never filed away.",
  source: "The labels of domain/vocabulary-labels.ts; OFAC adds to them without notice",
  applies: ({ field }) => !classifyLabel(labelOf(field)).known,
});
