const HOUR_MS = 3_600_000;

/**
 * What a list is expected to look like beside the one before it. Each number has its reason; "measured" is over
 * 307 publications of the SDN list, 2021-08 to 2024-05, and the non-SDN lists of 2018 to 2025.
 */
export const EXPECTATIONS = {
  /**
   * The least number of parties in a first file from OFAC's own hosts, when there is nothing to compare it with. The
   * SDN list had 7,379 in 2018 and has only grown since, to 19,329 in 2026-09; the non-SDN lists had 375 at the least.
   */
  firstParties: { sdn: 5_000, consolidated: 100 },
  /**
   * The least share of the bytes per party that the file before had. Measured: never below 0.996 from one
   * publication to the next. A file that says half as much of each party has lost a kind of fact, not parties.
   */
  bytesPerParty: 0.5,
  /** Below this many parties the bytes of a few weigh too much for a mean to say anything. */
  bytesPerPartyFrom: 50,
  /** The least share of a type's count in the file before. Measured: never below 0.978, with 150 removals at once. */
  typeShare: 0.8,
  /** Below this many of a type (aircraft: some 300) a share says nothing. */
  typeFrom: 50,
  /** A publication is never dated later than this many days from now: Eastern dates are behind UTC, never ahead. */
  daysAhead: 1,
  /**
   * Removals that are always told at once. Measured: the median of the 73 publications with removals is 2; six had
   * 50 or more (53 to 150), and each of those is worth a second look.
   */
  removedAtOnce: 50,
  /** A share of the list that is worth one too. Measured: never above 1.6 % (150 of 9,158). */
  removedShare: 0.05,
  /** Below this many, a share says nothing: the non-SDN lists have some 440 parties. */
  removedFrom: 5,
  /** A second look confirms after this time: a broken export is one that is gone again soon. */
  confirmAfterMs: HOUR_MS,
  /** Nothing waits longer: elsewhere a human gate once left delistings unattended for eight days. */
  releaseAfterMs: 24 * HOUR_MS,
  /** Deltas fetched to confirm removals, the newest first: OFAC publishes some ten times a month. */
  deltasAtOnce: 40,
} as const;
