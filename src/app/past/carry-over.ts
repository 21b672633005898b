import { easternDate, type Head, type ListState, type StoredRecord } from "../../domain/index.ts";
import type { LedgerWriter } from "../../ledger/index.ts";
import { type AppPorts, judgeConfig } from "../ports.ts";
import { asIn, lateNews } from "./late-news.ts";
import { findPoint } from "./point.ts";
import { otherwiseIssues, type ReadOtherwise } from "./read-otherwise.ts";
import type { Reread } from "./reread.ts";
import { appendRevision, tipAfter, tipOf } from "./revise.ts";

/** A chain that is to be carried over to another reader. */
export interface Carriage {
  readonly head: Head;
  readonly again: Reread;
  /** Past publications that today's reader reads otherwise, oldest first. */
  readonly differing: readonly ReadOtherwise[];
  /** The list as today's reader has it. */
  readonly after: ListState;
  readonly otherList: ListState | null;
}

/**
 * Appends the reinterpretation, and a correction of each publication at which the reader before had lost or made up a
 * party that the list still has wrong: that is news, and must not pass for a difference between two readers.
 */
export function carryOver(
  { files, config, now }: Pick<AppPorts, "files" | "config" | "now">,
  writer: LedgerWriter,
  { head, again, differing, after, otherList }: Carriage,
): { readonly record: StoredRecord; readonly corrections: readonly StoredRecord[] } {
  const { reading, route } = again;
  const { interpreter } = reading;
  const date = easternDate(now);
  const common = { interpreter, date, otherList, now, route };
  const judge = judgeConfig(config);
  let tip = tipOf(files, head);
  const before = tip.state.parties;
  const late = lateNews(before, after.parties, differing);
  let state = asIn(
    after,
    before,
    late.flatMap(({ uids }) => uids),
  );
  const record = appendRevision(
    files,
    writer,
    {
      ...common,
      kind: "reinterpretation",
      supersedes: head.id,
      reason: `read by ${interpreter} in place of ${head.interpreter}`,
      after: state,
      sources: reading.sources,
      issues: [...reading.issues, ...otherwiseIssues(differing, head.list)],
    },
    judge,
    tip,
  );
  tip = tipAfter(tip, record, state);
  const corrections: StoredRecord[] = [];
  for (const { publication, uids } of late) {
    state = asIn(state, after.parties, uids);
    const correction = appendRevision(
      files,
      writer,
      {
        ...common,
        kind: "correction",
        supersedes: publication,
        reason: `${head.interpreter} had read its files otherwise than ${interpreter} does`,
        after: state,
        sources: findPoint(files, publication).record.sources,
        issues: [],
      },
      judge,
      tip,
    );
    tip = tipAfter(tip, correction, state);
    corrections.push(correction);
  }
  return { record, corrections };
}
