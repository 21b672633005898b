import { KNOWN_PROGRAMS, type LedgerRecord, nearestWord } from "../domain/index.ts";

import type { Subscription } from "./subscription.ts";

const TAG = /^[A-Za-z0-9]+(?:(?: - | |-)[A-Za-z0-9]+)*$/;
const LONGEST = 64;

/** As tags are compared: `[sdgt]` is `SDGT`. */
export function foldProgram(tag: string): string {
  return tag.replace(/^\[|\]$/g, "").toUpperCase();
}

const KNOWN: ReadonlySet<string> = new Set(KNOWN_PROGRAMS.map(foldProgram));

/** True for a tag that is known, or has the shape of one that OFAC may make: `RUSSIA-EO14024`, `CAATSA - IRAN`. */
export function isProgramTag(text: string): text is string {
  return KNOWN.has(foldProgram(text)) || (text.length <= LONGEST && TAG.test(text));
}

/** A tag that a subscription asks for and that nobody has seen: new, or a typing error that hides everything. */
export interface ProgramDoubt {
  readonly subscription: string;
  readonly program: string;
  /** Of the tags that are known, the one that was most likely meant; left out where none is close. */
  readonly nearest?: string;
}

/** Tags of filters that neither our vocabulary has nor any change of these records. */
export function programDoubts(
  subscriptions: readonly Pick<Subscription, "id" | "filters">[],
  records: Iterable<LedgerRecord>,
): readonly ProgramDoubt[] {
  const asked = subscriptions.flatMap(({ id, filters: { programs = [] } }) =>
    programs.filter((program) => !KNOWN.has(foldProgram(program))).map((program) => ({ id, program })),
  );
  if (asked.length === 0) return [];
  const seen = new Set<string>();
  for (const { judgement } of records) {
    for (const tag of judgement.unknownPrograms ?? []) seen.add(foldProgram(tag));
  }
  return asked
    .filter(({ program }) => !seen.has(foldProgram(program)))
    .map(({ id, program }) => {
      const nearest = nearestWord(program, [...KNOWN_PROGRAMS, ...seen]);
      return { subscription: id, program, ...(nearest === undefined ? {} : { nearest }) };
    });
}

/** A doubt in words. */
export function doubtLine({ subscription, program, nearest: near }: ProgramDoubt): string {
  return (
    `subscription "${subscription}": filters: programs: no list or record has ${JSON.stringify(program)} so far, and it ` +
    `matches nothing until OFAC uses it${near === undefined ? "" : `; was ${near} meant?`}`
  );
}
