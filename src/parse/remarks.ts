import {
  type DocumentSegment,
  entryKey,
  isCountry,
  isDateText,
  LINKED_TO,
  type RemarkSegment,
} from "../domain/index.ts";

/** Remarks longer than this go on in SDN_COMMENTS.CSV; a text of exactly this length is taken for cut. */
export const REMARKS_LIMIT = 1000;

/**
 * The segments of CSV remarks (ofac-formats §2.9, §6.5). Every segment prints back to its text; `alt. ` in
 * front and the dot at the very end of all remarks are the exporter's punctuation, not part of a segment.
 *
 * @param cut the text ends where the source cut it: its last segment is left as text, marked `cut`.
 */
export function splitRemarks(text: string, cut: boolean): RemarkSegment[] {
  const pieces = text.split("; ");
  const last = pieces.pop() ?? "";
  const segments = pieces.map((piece) => remarkSegment(withoutAlt(piece)));
  if (cut) return [...segments, { kind: "text", text: last, cut: true }];
  return last === "" && segments.length > 0
    ? segments
    : [...segments, remarkSegment(withoutFinalDot(withoutAlt(last)))];
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

const DATED = /^(.*?)(?: issued ([^()]*?))?(?: expires ([^()]*))?$/;
const COUNTRY = /^(.+) \(([^()]+)\)$/;

/** `N (Country) issued D expires D`; what does not fit stays in the number, so that nothing is lost. */
function documentSegment(text: string, label: string, value: string): DocumentSegment {
  const dated = DATED.exec(value);
  const [, before, issued, expires] = dated ?? [];
  const fits = isDateOrNothing(issued) && isDateOrNothing(expires) && before !== undefined && before !== "";
  const body = fits ? before : value;
  const dates =
    fits && (issued !== undefined || expires !== undefined)
      ? { ...(issued === undefined ? {} : { issued }), ...(expires === undefined ? {} : { expires }) }
      : {};
  const place = COUNTRY.exec(body);
  return place?.[1] !== undefined && place[2] !== undefined && isCountry(place[2])
    ? { kind: "document", text, label, number: place[1], country: place[2], ...dates }
    : { kind: "document", text, label, number: body, ...dates };
}

function isDateOrNothing(text: string | undefined): boolean {
  return text === undefined || isDateText(text);
}

/** The last word of a name that ends with a dot of its own: `S.A`, `C.V`, `n.e.c`, `LTD`, `LTDA`, `CO`, … */
const ABBREVIATION =
  /(?:^|[\s,.(])(?:(?:\p{L}{1,3}\.)+\p{L}{1,3}|\p{L}|LTDA?|LT|CO|COS|INC|CORP|CIA|BROS|EST|JR|SR|LLC|PTE|PVT|PTY|INT'L|INTL|BHD|STI|SIRK|TIC|SAN|GMBH|DR|NO)$/iu;

/**
 * The exporter ends all remarks with a dot, but writes one only where the last value already ends with one
 * (never `..` in 309 files). So `S.A.` at the end is taken to have its own dot, as it has anywhere else;
 * otherwise adding a value after it would look like a change of the name.
 */
function withoutFinalDot(last: string): string {
  if (!last.endsWith(".")) return last;
  const bare = last.slice(0, -1);
  const ownsDot = last.startsWith(LINKED_TO) || last.startsWith("Organization Type:") || /^POB /.test(last);
  return ownsDot && ABBREVIATION.test(bare) ? last : bare;
}
