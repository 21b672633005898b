import type { Area } from "./area.ts";

/** A stretch of an entry line: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One thing an entry line says about its party. The span covers label and value. */
export interface EntryClaim extends Span {
  readonly area: Area;
  /**
   * OFAC's label as written (`DOB`, `Passport`, `Secondary sanctions risk:`); of an alias its type, of a name in
   * another script the script, of a vessel's head the label the lists use (`Vessel Flag`). Missing where the
   * area says it all.
   */
  readonly label?: string;
  readonly value: string;
  /** Prefixed `alt.`: a further value of the same label. */
  readonly alt?: true;
  /** Of an alias: in quotation marks, or not. */
  readonly quality?: "strong" | "weak";
  /** Of a name in another script: which claim of the same entry it renders. */
  readonly renders?: number;
  /** Of a document. */
  readonly country?: string;
  readonly issued?: string;
  readonly expires?: string;
  /** No table has this label: it was recognised by its shape. */
  readonly unknown?: true;
}

/** A split that the line alone does not decide. */
export interface Ambiguity extends Span {
  readonly what: "name or address" | "name or vessel type" | "address or remark" | "one alias or two";
  /** `known name`: a list has the name; `rule`: what OFAC's habits make likely. */
  readonly decidedBy: "known name" | "rule";
}

/** An entry line understood. */
export interface EntryReading {
  readonly text: string;
  /** `individual`, `vessel`, `aircraft`; entities carry no mark. */
  readonly type: string;
  /** The name it stands under. */
  readonly name: string;
  readonly claims: readonly EntryClaim[];
  readonly ambiguities: readonly Ambiguity[];
  /** What no claim accounts for; empty when the line was understood. */
  readonly leftover: readonly Span[];
}

/** Names that some list has, by `nameKey`. */
export interface KnownNames {
  has(key: string): boolean;
}

/**
 * A name as it is compared: case, kind of quotes and dashes, runs of blanks, invisible characters and
 * compatibility forms do not matter; accents and word order do.
 */
export function nameKey(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/[\u2018\u2019\u201B\u02BC\u0060\u00B4]/g, "'")
    .replace(/[\u201C\u201D\u201E\u00AB\u00BB]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toUpperCase();
}
