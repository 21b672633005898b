import { fieldRule } from "../rule.ts";

/** A fact that tells namesakes apart: re-adjudicate cleared hits. */
export const discriminator = fieldRule({
  id: "discriminator",
  areas: ["birth-date", "birth-place", "nationality", "citizenship", "gender"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a fact that tells namesakes apart: re-adjudicate cleared hits",
  why: "A hit that was cleared because this fact differed, or was missing, has to be looked at again.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
