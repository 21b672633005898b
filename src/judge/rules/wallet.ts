import { fieldRule } from "../rule.ts";

/** A digital-currency address. */
export const wallet = fieldRule({
  id: "wallet",
  areas: ["wallet"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a digital-currency address",
  why: "An address is matched exactly and alone: on a chain there is no name to go by.",
  source: "OFAC FAQs 562 and 563 (digital-currency addresses on the SDN List)",
});
