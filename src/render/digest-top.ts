import type { LedgerRecord } from "../domain/index.ts";
import { type Block, type GlanceRow, text } from "./digest-blocks.ts";
import { meaningIn } from "./digest-meaning.ts";
import type { Language } from "./language.ts";
import { cleanText, oneLine } from "./text.ts";

/** Rows that a phone shows without scrolling far; programs beyond are in their sections. */
const GLANCE_ROWS = 14;

/** The whole at a glance; nothing where nothing came, went or changed. */
export function glance(rows: readonly GlanceRow[], language: Language): Block[] {
  if (rows.length === 0) return [];
  const left = rows.length - GLANCE_ROWS;
  const more = language.count(language.words.mail.glanceLeft, left);
  return [
    { partial: "mail-glance", rows: rows.slice(0, GLANCE_ROWS) },
    ...(left <= 0 ? [] : [text(more, "quiet")]),
  ];
}

/** What a mail program shows beside the subject: the first names, then the meaning. */
export function preheader(
  drafts: readonly { readonly record: LedgerRecord; readonly uids: ReadonlySet<number> }[],
  isReply: boolean,
  language: Language,
): string {
  const names = drafts.flatMap(({ record, uids }) =>
    record.changes.filter(({ op, uid }) => op !== "modify" && uids.has(uid)).map(({ name }) => name),
  );
  const meanings = [...new Set(drafts.map(({ record }) => meaningIn(language, record)))];
  const first = isReply ? [language.words.mail.replyTitle] : [...names.slice(0, 3)];
  const words = oneLine(cleanText([first.join("; "), ...meanings].filter((one) => one !== "").join(". ")));
  return words.length <= 200 ? words : `${words.slice(0, 199).replace(/[\ud800-\udbff]$/u, "")}\u2026`;
}
