import { diffStates } from "../../diff/index.ts";
import { UsageError } from "../../domain/index.ts";
import type { JudgeConfig } from "../../judge/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import { type FileDiff, withoutChain } from "../diff.ts";
import { makeRecord } from "../look/record.ts";
import { findPoint, type PointOptions } from "./point.ts";
import { stateAt } from "./state-at.ts";

/**
 * Compares two moments of the ledger, also of different segments: a comparison of states, judged anew. What lies
 * between two records of one segment can also be composed without any state, see `composeRange`.
 * @throws UsageError as `findPoint`, and `different-lists`
 */
export function diffPoints(
  files: LedgerFiles,
  old: string,
  now: string,
  options: PointOptions & { readonly judge: JudgeConfig },
): FileDiff {
  const from = findPoint(files, old, options);
  const to = findPoint(files, now, options);
  if (from.head.list !== to.head.list) {
    throw new UsageError(
      "different-lists",
      `${from.record.id} is of the ${from.head.list} list, ${to.record.id} of the ${to.head.list} list: expected two ` +
        "records of one list.",
    );
  }
  const before = stateAt(files, from);
  const after = stateAt(files, to);
  const record = makeRecord(
    {
      segment: to.head.segment,
      origin: to.head.origin,
      kind: "publication",
      date: to.record.date,
      dateBasis: to.record.dateBasis,
      sequence: 1,
      window: { after: from.record.window.notLaterThan, notLaterThan: to.record.window.notLaterThan },
      ofacPublications: [],
      interpreter: to.record.interpreter,
      sources: to.record.sources,
      issues: [],
      before,
      from: from.record.state.to,
      after,
      set: diffStates(before, after),
      otherList: null,
      previous: null,
    },
    options.judge,
  );
  return withoutChain(record);
}
