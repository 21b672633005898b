import type { Row } from "./row.ts";
import { DIFF } from "./rows/diff.ts";
import { NOTHING_NEW } from "./rows/nothing-new.ts";
import { COLD, PUBLICATION, REORDERED } from "./rows/publication.ts";
import { COMPOSE, IMPORT, VERIFY } from "./rows/series.ts";
import { START } from "./rows/start.ts";

/** Every row, in the order of the table. */
export const ROWS: readonly Row[] = [
  PUBLICATION,
  REORDERED,
  COLD,
  NOTHING_NEW,
  DIFF,
  IMPORT,
  VERIFY,
  COMPOSE,
  START,
];
