import { type Area, entryKey, KNOWN_LABELS, type KnownLabel, withPlainMarks } from "../../../domain/index.ts";

/** A label as a notice writes it, and the text behind it. */
export interface NoticeLabel {
  /** OFAC's label; of a contact that no table has, as it is written. */
  readonly label: string;
  readonly area: Area;
  readonly kind: KnownLabel["kind"];
  /** Where the value begins. */
  readonly at: number;
}

/** Labels of notices and of free remarks that the lists' vocabulary has not. */
const NOTICE_LABELS: readonly KnownLabel[] = [
  ...[
    "For more information on directives, please visit the following link:",
    "Effective Date (CCMC)",
    "Listing Date (CCMC)",
    "Purchase/Sales For Divestment Date (CCMC)",
    "Effective Date (EO 14024 Directive)",
    "Listing Date (EO 14024 Directive)",
  ].map((label) => ({ label, area: "restriction" as const, kind: "feature" as const })),
  ...["Federal Tax ID No.", "U.S. FEIN:"].map((label) => ({
    label,
    area: "document" as const,
    kind: "document" as const,
  })),
];

/** These words begin titles and addresses too. */
const COMMON_WORDS: ReadonlySet<string> = new Set(["Title", "Location"]);

interface Folded {
  /** In lower case, without the colon or dash at its end. */
  readonly folded: string;
  readonly known: KnownLabel;
  readonly own: boolean;
}

/** By first word in lower case, the longest label first. */
const FOLDED: ReadonlyMap<string, readonly Folded[]> = byFirstWord();

function byFirstWord(): Map<string, Folded[]> {
  const labels = new Map<string, Folded[]>();
  const all = [
    ...KNOWN_LABELS.map((known) => ({ known, own: false })),
    ...NOTICE_LABELS.map((known) => ({ known, own: true })),
  ];
  for (const { known, own } of all) {
    if (COMMON_WORDS.has(known.label)) continue;
    const folded = known.label.replace(/[\s:-]+$/, "").toLowerCase();
    const word = firstWord(folded);
    labels.set(word, [...(labels.get(word) ?? []), { folded, known, own }]);
  }
  for (const entries of labels.values()) entries.sort((a, b) => b.folded.length - a.folded.length);
  return labels;
}

function firstWord(text: string): string {
  return /^[^\s:]*/.exec(text)?.[0] ?? "";
}

const AFTER_LABEL = /^ {0,3}: {0,3}|^ {1,3}- +|^ {1,3}/;
const LONGEST = 120;

/** The label an item begins with, whatever its dashes, quotes, case and colon; undefined where none does. */
export function noticeLabel(item: string): NoticeLabel | undefined {
  const start = withPlainMarks(item.slice(0, LONGEST));
  const exact = entryKey(start);
  if (exact !== undefined) {
    const { label, area, kind } = exact;
    return { label, area, kind, at: label.length + gap(start.slice(label.length)) };
  }
  return foldedLabel(start) ?? contactLabel(start);
}

/** True when a text begins with a label and a value: where an item begins though no blank stands before it. */
export function beginsWithLabel(text: string): boolean {
  return noticeLabel(text) !== undefined;
}

function gap(rest: string): number {
  return AFTER_LABEL.exec(rest)?.[0].length ?? 0;
}

function foldedLabel(start: string): NoticeLabel | undefined {
  const lower = start.toLowerCase();
  for (const { folded, known, own } of FOLDED.get(firstWord(lower)) ?? []) {
    if (!lower.startsWith(folded)) continue;
    const rest = start.slice(folded.length);
    const at = folded.length + gap(rest);
    const value = start.slice(at);
    if (at === folded.length || value === "") continue;
    const sure = /^ {0,3}:/.test(rest) || (own && start.startsWith(known.label.slice(0, folded.length)));
    if (sure || fits(known, value)) return { label: known.label, area: known.area, kind: known.kind, at };
  }
  return undefined;
}

/** Whether a value fits a label in another case and without a colon: `license holder`, `Citizen of Iran` do not. */
function fits({ area, kind }: KnownLabel, value: string): boolean {
  if (kind === "document") return /^(?:no\.?:? |number:? |# ?)?\S*\d/i.test(value);
  switch (area) {
    case "contact":
      return /^\S*[.@\d]/.test(value);
    case "birth-date":
      return /\d/.test(value);
    case "gender":
      return /^\p{L}+$/u.test(value);
    default:
      return /^[\p{Lu}\d]/u.test(value);
  }
}

const NUMBER_WORD = "(?: ?(?:Numbers?|Nos?\\b\\.?|#))?";
const PHONE = new RegExp(
  `^(?:(?:Tele?phone|Tel|(?:Cell(?:ular)? |Mobile )?Phone|Mobile|Fax|Telefax|Facsimile|Telex)(?: ?/ ?(?:Fax|Tel|Telephone|Phone))?${NUMBER_WORD}\\.?:?) ?(?=[+(]{0,2} ?\\d)`,
  "i",
);
const EMAIL = /^E-?mail(?: ?Address(?:es)?)?:? ?(?=\S{1,64}@)/i;

/** `Telephone No. 963113141635`, `Fax: +98 …`, `E-mail Address a@b.test`. */
function contactLabel(start: string): NoticeLabel | undefined {
  const written = (PHONE.exec(start) ?? EMAIL.exec(start))?.[0];
  if (written === undefined || /\p{L}$/u.test(written)) return undefined;
  return { label: written.trim(), area: "contact", kind: "feature", at: written.length };
}
