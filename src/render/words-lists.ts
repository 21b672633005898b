/** A list of OFAC's, explained for a reader; what is said of the 50 Percent Rule has its source beside it. */
export interface ListNote {
  readonly name: string;
  readonly short: string;
  readonly what: string;
  /** Whether entities owned 50 percent or more by those listed are reached without being listed. */
  readonly rule: "yes" | "no" | "depends";
  readonly why: string;
  readonly sources: readonly { readonly title: string; readonly href: string }[];
}

const faq = (number: number) => ({
  title: `OFAC FAQ ${number}`,
  href: `https://ofac.treasury.gov/faqs/${number}`,
});

/** SDN first, then the lists of the consolidated file. Only FAQs whose text was read are cited by number. */
export const LIST_NOTES: readonly ListNote[] = [
  {
    name: "Specially Designated Nationals and Blocked Persons List",
    short: "SDN",
    what: "Property is blocked, and US persons may not deal with those listed.",
    rule: "yes",
    why: "Property of an entity that blocked persons own 50 percent or more, directly or indirectly and in the aggregate, is blocked too.",
    sources: [faq(401)],
  },
  {
    name: "Sectoral Sanctions Identifications List",
    short: "SSI",
    what: "Dealings named in Directives 1 to 4 under Executive Order 13662 are prohibited: new debt or equity of certain terms, or support of certain oil projects. Property is not blocked by this listing.",
    rule: "yes",
    why: "The directives reach entities owned 50 percent or more by those listed, for the dealings they name.",
    sources: [
      {
        title: "31 CFR part 589",
        href: "https://www.ecfr.gov/current/title-31/subtitle-B/chapter-V/part-589",
      },
    ],
  },
  {
    name: "List of Foreign Financial Institutions Subject to Correspondent Account or Payable-Through Account Sanctions",
    short: "CAPTA",
    what: "US banks may not open or maintain correspondent or payable-through accounts for those listed, or only under conditions.",
    rule: "depends",
    why: "On the authority named with the entry: Directive 2 under Executive Order 14024 also reaches foreign financial institutions owned 50 percent or more by those listed. Where the authority says nothing of ownership, only those named are reached.",
    sources: [
      {
        title: "31 CFR part 587 (Directive 2 under EO 14024)",
        href: "https://www.ecfr.gov/current/title-31/subtitle-B/chapter-V/part-587",
      },
    ],
  },
  {
    name: "Non-SDN Menu-Based Sanctions List",
    short: "NS-MBS",
    what: "The restrictions named with each entry apply, short of blocking: bans on certain debt, equity, loans or transactions.",
    rule: "depends",
    why: "On the restriction named with the entry: Directive 3 under Executive Order 14024 reaches entities owned 50 percent or more; the non-blocking sanctions of CAATSA section 235 alone do not.",
    sources: [
      faq(869),
      {
        title: "31 CFR part 587 (directives under EO 14024)",
        href: "https://www.ecfr.gov/current/title-31/subtitle-B/chapter-V/part-587",
      },
    ],
  },
  {
    name: "Non-SDN Chinese Military-Industrial Complex Companies List",
    short: "NS-CMIC",
    what: "US persons may not buy or sell publicly traded securities of those listed (Executive Order 13959 as amended by 14032).",
    rule: "no",
    why: "A subsidiary is reached only when it is itself listed.",
    sources: [faq(857)],
  },
  {
    name: "Foreign Sanctions Evaders List",
    short: "FSE",
    what: "Transactions with those listed are prohibited (Executive Order 13608). Property is not blocked by this listing.",
    rule: "no",
    why: "Not by this listing alone: the rule is about persons whose property is blocked. Check whether the party is also an SDN.",
    sources: [faq(401)],
  },
  {
    name: "Non-SDN Palestinian Legislative Council List",
    short: "NS-PLC",
    what: "US financial institutions must reject transactions with the members named (31 CFR parts 594, 595 and 597). Property is not blocked by this listing.",
    rule: "no",
    why: "Not by this listing alone: the rule is about persons whose property is blocked. Check whether the party is also an SDN.",
    sources: [faq(401)],
  },
];

export const RULE_WORDS: Readonly<Record<ListNote["rule"], string>> = {
  yes: "Applies",
  no: "Does not apply",
  depends: "Depends",
};
