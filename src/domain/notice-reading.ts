import type { EntryReading } from "./entry-claim.ts";
import type { Issue } from "./issue.ts";
import type { Notice } from "./notice.ts";
import type { NoticeOperation } from "./notice-content.ts";

/** One entry line of a notice, understood. */
export interface NoticeLine {
  readonly operation: NoticeOperation;
  /** OFAC's name of the list; null where the page names none. */
  readonly list: string | null;
  readonly administrative: boolean;
  /** The whole line, verbatim. */
  readonly text: string;
  /** Of a deletion, and of a change. */
  readonly before?: EntryReading;
  /** Of an addition, and of a change; of a line whose operation is not known. */
  readonly after?: EntryReading;
}

/** A notice with its entry lines understood. */
export interface NoticeReading {
  readonly notice: Notice;
  readonly lines: readonly NoticeLine[];
  /** Text that no claim accounts for, unknown labels: of the lines, beside the notice's own. */
  readonly issues: readonly Issue[];
}
