import { fieldRule } from "../rule.ts";

/** A web site, e-mail address or telephone number. */
export const contact = fieldRule({
  id: "contact",
  areas: ["contact"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a web site, e-mail address or telephone number",
  why: "Payment messages and customer files carry them.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
