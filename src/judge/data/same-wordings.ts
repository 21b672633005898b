/** Two wordings of one notation that mean the same. */
export interface SameWording {
  readonly from: string;
  readonly to: string;
  /** Who says that they mean the same. */
  readonly source: string;
  readonly date: string;
}

/**
 * Wordings that a source says mean the same. Deliberately short: `See Section 11 of Executive Order 14024.`
 * in place of the sector texts (12 June 2024) is not here, because OFAC widened the meaning that very day.
 */
export const SAME_WORDINGS: readonly SameWording[] = [
  {
    from: "For more information on directives, please visit the following link: http://www.treasury.gov/resource-center/sanctions/Programs/Pages/ukraine.aspx#directives",
    to: "For more information on directives, please visit the following link: https://www.treasury.gov/resource-center/sanctions/Programs/Pages/ukraine.aspx#directives",
    source:
      "One page under one address, with and without encryption: OMB memorandum M-15-13 requires federal web sites to " +
      "forward http to https.",
    date: "2015-06-08",
  },
];

const PAIRS: ReadonlyMap<string, SameWording> = new Map(
  SAME_WORDINGS.flatMap((same) => [
    [`${same.from}\n${same.to}`, same],
    [`${same.to}\n${same.from}`, same],
  ]),
);

/** The entry that says that two wordings mean the same, whichever replaced the other. */
export function sameWording(one: string, other: string): SameWording | undefined {
  return PAIRS.get(`${one}\n${other}`);
}
