import type { Row } from "./row.ts";
import { DIFF } from "./rows/diff.ts";
import { GROWTH_PAST, GROWTH_SIZE } from "./rows/growth.ts";
import { MAIL } from "./rows/mail.ts";
import { NOTHING_NEW } from "./rows/nothing-new.ts";
import { COLD, PUBLICATION, REORDERED } from "./rows/publication.ts";
import { COMPOSE, IMPORT, VERIFY } from "./rows/series.ts";
import { SITE } from "./rows/site.ts";
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
  SITE,
  COMPOSE,
  GROWTH_PAST,
  GROWTH_SIZE,
  START,
  MAIL,
];
