/** A row of SDN.CSV or CONS_PRIM.CSV, with its rows of ALT.CSV and ADD.CSV where the whole set is read. */
export interface CsvRow {
  readonly format: "csv";
  readonly uid: number;
  readonly name: string;
  /** `individual`, `vessel`, `aircraft`; `-0-` in the file is `entity`. */
  readonly type: string;
  readonly programs: readonly string[];
  readonly title?: string;
  readonly callSign?: string;
  readonly vesselType?: string;
  readonly tonnage?: string;
  readonly grossRegisteredTonnage?: string;
  readonly vesselFlag?: string;
  readonly vesselOwner?: string;
  readonly remarks: readonly RemarkSegment[];
  readonly alternates?: readonly CsvAlternate[];
  readonly addresses?: readonly CsvAddress[];
}

/**
 * What stands between two semicolons of CSV remarks. `text` is verbatim, without the `alt. ` in front (it only
 * tells that another value with this key came before) and without the final dot of all remarks.
 */
export type RemarkSegment = PlainSegment | KeyedSegment | AliasSegment | LinkSegment | DocumentSegment;

/** Nothing that is recognised. */
export interface PlainSegment {
  readonly kind: "text";
  readonly text: string;
  /** The source cut the remarks inside or right after this segment. */
  readonly cut?: true;
}

/** A feature: OFAC's label and the value. */
export interface KeyedSegment {
  readonly kind: "feature";
  readonly text: string;
  readonly label: string;
  readonly value: string;
}

/** A weak alias: `a.k.a. 'X'`. */
export interface AliasSegment {
  readonly kind: "alias";
  readonly text: string;
  readonly type: string;
  readonly name: string;
}

/** `Linked To: X`. */
export interface LinkSegment {
  readonly kind: "link";
  readonly text: string;
  readonly name: string;
}

/** `Passport N (Country) issued D expires D`. */
export interface DocumentSegment {
  readonly kind: "document";
  readonly text: string;
  readonly label: string;
  readonly number: string;
  readonly country?: string;
  readonly issued?: string;
  readonly expires?: string;
}

/** A row of ALT.CSV. */
export interface CsvAlternate {
  readonly uid: number;
  /** `aka`, `fka`, `nka`. */
  readonly type: string;
  readonly name: string;
  readonly remarks?: string;
}

/** A row of ADD.CSV. */
export interface CsvAddress {
  readonly uid: number;
  readonly address?: string;
  /** City, state or province and postal code in one text. */
  readonly locality?: string;
  readonly country?: string;
  readonly remarks?: string;
}
