/** The end of a sanctions program, as ordered. */
export interface ProgramEnd {
  readonly tag: string;
  /** ISO date of the order. */
  readonly date: string;
  readonly source: string;
}

/** Programs that an order ended while its tag stood on the lists we have history of. */
export const PROGRAM_ENDS: readonly ProgramEnd[] = [
  {
    tag: "BURUNDI",
    date: "2021-11-18",
    source:
      "Executive Order 14054 of 18 November 2021, Termination of Emergency With Respect to the Situation in Burundi",
  },
  {
    tag: "ZIMBABWE",
    date: "2024-03-04",
    source:
      "Executive Order 14118 of 4 March 2024, Termination of Emergency With Respect to the Situation in Zimbabwe",
  },
  {
    tag: "WEST-BANK-EO14115",
    date: "2025-01-20",
    source:
      "Executive Order 14148 of 20 January 2025, Initial Rescissions of Harmful Executive Orders and Actions",
  },
  {
    tag: "SYRIA",
    date: "2025-06-30",
    source:
      "Executive Order 14312 of 30 June 2025, Providing for the Revocation of Syria Sanctions (90 FR 29395)",
  },
];

const BY_TAG: ReadonlyMap<string, ProgramEnd> = new Map(PROGRAM_ENDS.map((end) => [end.tag, end]));

/** The order that ended a program, if there is one. */
export function programEnd(tag: string): ProgramEnd | undefined {
  return BY_TAG.get(tag);
}
