import { fieldRule } from "../rule.ts";

/** An identity document or registration number. */
export const document = fieldRule({
  id: "document",
  areas: ["document"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "an identity document or registration number",
  why: "A number decides a match that names leave open.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
