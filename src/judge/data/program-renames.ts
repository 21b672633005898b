/** A program tag that OFAC put in another's place, the program being the same. */
export interface ProgramRename {
  readonly from: string;
  readonly to: string;
  /** The publication in which it was done (ISO date, US Eastern). */
  readonly date: string;
  /** Why the two are one program. */
  readonly source: string;
}

/**
 * The renames we can show a reason for. A tag that merely follows another (`ZIMBABWE` to `GLOMAG`, `PEESA` to
 * `PEESA-EO14039`) rests on another authority: that is a change, and never stands here.
 */
export const PROGRAM_RENAMES: readonly ProgramRename[] = [
  {
    from: "BELARUS-EO",
    to: "BELARUS-EO14038",
    date: "2021-08-20",
    source:
      "Both stand for Executive Order 14038 of 9 August 2021; the entries of that day carried BELARUS-EO until OFAC " +
      "completed the tag with the order's number.",
  },
  {
    from: "PEESA-EO",
    to: "PEESA-EO14039",
    date: "2021-11-12",
    source:
      "Both stand for Executive Order 14039 of 20 August 2021; OFAC completed the tag with the order's number.",
  },
  {
    from: "ILLICIT-DRUGS-EO",
    to: "ILLICIT-DRUGS-EO14059",
    date: "2022-09-22",
    source:
      "Both stand for Executive Order 14059 of 15 December 2021 (31 CFR part 599, 87 FR 77711: the identifier is " +
      "ILLICIT-DRUGS-EO followed by the order's number).",
  },
  {
    from: "MIDDLE-EAST-EO",
    to: "WEST-BANK-EO14115",
    date: "2024-02-07",
    source:
      "Both stand for Executive Order 14115 of 1 February 2024; the four first designations under it carried " +
      "MIDDLE-EAST-EO for a week, and no other order ever did.",
  },
  {
    from: "SYRIA-EO13894",
    to: "PAARSSR-EO13894",
    date: "2025-06-30",
    source:
      "Both stand for Executive Order 13894; Executive Order 14312 of 30 June 2025 renamed the program " +
      "Promoting Accountability for Assad and Regional Stabilization.",
  },
  {
    from: "BPI-Sudan-14098",
    to: "BPI-SUDAN-14098",
    date: "2023-06-01",
    source: "Two spellings of one tag in OFAC's own files.",
  },
];

const PAIRS: ReadonlyMap<string, ProgramRename> = new Map(
  PROGRAM_RENAMES.map((rename) => [`${rename.from}\n${rename.to}`, rename]),
);

/** The rename that explains one tag in another's place, if OFAC made one. */
export function programRename(from: string, to: string): ProgramRename | undefined {
  return PAIRS.get(`${from}\n${to}`);
}
