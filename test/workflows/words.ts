import { EFFECTS, LISTS, type RecordKind } from "../../src/domain/index.ts";

const KINDS: Readonly<Record<RecordKind, true>> = {
  publication: true,
  baseline: true,
  correction: true,
  reinterpretation: true,
};

/** Words of records that a newcomer meets: every list, every kind, every level of effect. */
export const CHANGE_WORDS: readonly string[] = [...LISTS, ...EFFECTS, ...Object.keys(KINDS)];
