import {
  type DocumentSegment,
  endsWithInitials,
  entryKey,
  isCountry,
  isDateText,
  LINKED_TO,
  type RemarkSegment,
} from "../domain/index.ts";

/** Remarks longer than this go on in SDN_COMMENTS.CSV; a text of exactly this length is taken for cut. */
export const REMARKS_LIMIT = 1000;

/**
 * The segments of CSV remarks (ofac-formats §2.9, §6.5), from their text alone. Every segment prints back to its
 * text; `alt. ` in front and the dot at the very end of all remarks are the exporter's punctuation, not part of a
 * segment. Whether that last dot is a linked name's too cannot be told: see `linkedName`.
 *
 * @param options.cut the text ends where the source cut it: its last segment is left as text, marked `cut`.
 */
export function splitRemarks(text: string, options: { readonly cut?: boolean } = {}): RemarkSegment[] {
  const pieces = text.split("; ");
  const last = pieces.pop() ?? "";
  const segments = pieces.map((piece) => remarkSegment(withoutAlt(piece)));
  if (options.cut === true) return [...segments, { kind: "text", text: last, cut: true }];
  if (last === "" && segments.length > 0) return segments;
  return [...segments, remarkSegment(withoutFinalDot(withoutAlt(last)))];
}

/** A segment as it stood between semicolons. */
export function printSegment(segment: RemarkSegment): string {
  switch (segment.kind) {
    case "text":
      return segment.text;
    case "feature":
      return `${segment.label} ${segment.value}`;
    case "alias":
      return `${segment.type} '${segment.name}'`;
    case "link":
      return `${LINKED_TO} ${segment.name}`;
    case "document":
      return (
        `${segment.label} ${segment.number}` +
        (segment.country === undefined ? "" : ` (${segment.country})`) +
        (segment.issued === undefined ? "" : ` issued ${segment.issued}`) +
        (segment.expires === undefined ? "" : ` expires ${segment.expires}`)
      );
  }
}

function withoutAlt(piece: string): string {
  return piece.startsWith("alt. ") ? piece.slice(5) : piece;
}

const ALIAS = /^([afn]\.k\.a\.) '(.+)'$/;

function remarkSegment(text: string): RemarkSegment {
  const alias = ALIAS.exec(text);
  if (alias?.[1] !== undefined && alias[2] !== undefined) {
    return { kind: "alias", text, type: alias[1], name: alias[2] };
  }
  if (text.startsWith(`${LINKED_TO} `)) {
    return { kind: "link", text, name: text.slice(LINKED_TO.length + 1) };
  }
  const key = entryKey(text);
  if (key === undefined) return { kind: "text", text };
  return key.kind === "document"
    ? documentSegment(text, key.label, key.value)
    : { kind: "feature", text, label: key.label, value: key.value };
}

const COUNTRY = /^(.+) \(([^()]+)\)$/;

/** `N (Country) issued D expires D`; what does not fit stays in the number, so that nothing is lost. */
function documentSegment(text: string, label: string, value: string): DocumentSegment {
  const expires = dateAfter(value, " expires ");
  const issued = dateAfter(expires?.before ?? value, " issued ");
  const body = issued?.before ?? expires?.before ?? value;
  const place = COUNTRY.exec(body);
  const country = place?.[2] !== undefined && isCountry(place[2]) ? place[2] : undefined;
  return {
    kind: "document",
    text,
    label,
    number: country === undefined ? body : (place?.[1] ?? body),
    ...(country === undefined ? {} : { country }),
    ...(issued === undefined ? {} : { issued: issued.date }),
    ...(expires === undefined ? {} : { expires: expires.date }),
  };
}

/** A date that ends a text, after a word; and the text before that word. */
function dateAfter(text: string, word: string): { before: string; date: string } | undefined {
  const at = text.lastIndexOf(word);
  const date = text.slice(at + word.length);
  return at > 0 && isDateText(date) ? { before: text.slice(0, at), date } : undefined;
}

/** Values that are words, and may end with initials; numbers and addresses of the network do not. */
const WORDS = /^(?:Linked To:|Organization Type:|POB) /;

function withoutFinalDot(last: string): string {
  if (!last.endsWith(".")) return last;
  const bare = last.slice(0, -1);
  return WORDS.test(last) && endsWithInitials(bare) ? last : bare;
}
