/**
 * A listed party in canonical form. Every list is sorted (`canonical.ts`), an empty list is left out, texts
 * are NFC without bidi controls. `uid` on a child is OFAC's, where OFAC gives a stable one; ids of name parts
 * and address parts are not stable and stay out.
 */
export interface Party {
  /** OFAC's id of the party: `uid` in XML, `ent_num` in CSV, `entity/@id` in the Enhanced format. */
  readonly uid: number;
  /** `entity`, `individual`, `vessel`, `aircraft`, or whatever else OFAC names, in lower case. */
  readonly type: string;
  readonly name: Name;
  readonly aliases?: readonly Alias[];
  readonly title?: string;
  /** What of the remarks is not recognised as something more particular; one segment a child. */
  readonly remarks?: readonly Remark[];
  readonly programs?: readonly Program[];
  readonly lists?: readonly ListMembership[];
  readonly sanctionsTypes?: readonly Attribute[];
  /** From list membership and sanctions types, never from program tags alone. */
  readonly blocking: Blocking;
  readonly restrictions?: readonly Attribute[];
  readonly secondarySanctions?: readonly Attribute[];
  readonly legalAuthorities?: readonly Attribute[];
  readonly addresses?: readonly Address[];
  readonly nationalities?: readonly Attribute[];
  readonly citizenships?: readonly Attribute[];
  readonly birthDates?: readonly DateAttribute[];
  readonly birthPlaces?: readonly Attribute[];
  readonly genders?: readonly Attribute[];
  readonly documents?: readonly IdentityDocument[];
  readonly features?: readonly Attribute[];
  readonly wallets?: readonly Wallet[];
  readonly contacts?: readonly Attribute[];
  readonly vessel?: readonly Attribute[];
  readonly aircraft?: readonly Attribute[];
  readonly relationships?: readonly Relationship[];
}

export type Blocking = "yes" | "no" | "unknown";

/** The primary name. `full` is `LAST, First` for people, the whole name otherwise, as OFAC writes it. */
export interface Name {
  readonly uid?: number;
  readonly full: string;
  readonly first?: string;
  readonly last?: string;
  readonly parts?: readonly TypedText[];
  /** The same name in other scripts. */
  readonly scripts?: readonly ScriptForm[];
}

/** Another name of the party. */
export interface Alias extends Name {
  /** `a.k.a.`, `f.k.a.`, `n.k.a.`, or as OFAC names it, in lower case. */
  readonly type: string;
  /** OFAC does not expect screening on weak aliases, but they are shown. */
  readonly quality: "strong" | "weak";
}

export interface ScriptForm {
  /** OFAC's name of the script: `Arabic`, `Cyrillic`, `Korean`, … */
  readonly script: string;
  readonly full: string;
  readonly first?: string;
  readonly last?: string;
  readonly parts?: readonly TypedText[];
}

export interface TypedText {
  readonly type: string;
  readonly value: string;
}

/** One segment of the remarks, verbatim. */
export interface Remark {
  readonly text: string;
  /** The source cut the remarks here: nothing after it is known. At most one remark of a party has it. */
  readonly cut?: true;
}

export interface Program {
  readonly uid?: number;
  /** The tag without brackets, e.g. `DPRK2`. */
  readonly code: string;
}

export interface ListMembership {
  readonly uid?: number;
  /** OFAC's name of the list, e.g. `SDN List`. */
  readonly name: string;
  /** ISO date on which the party was put on that list, where the source says so. */
  readonly listedOn?: string;
}

/** One fact with OFAC's label for its kind (left out where the area says it all). */
export interface Attribute {
  readonly uid?: number;
  /** OFAC's label as written, e.g. `Secondary sanctions risk:`. */
  readonly type?: string;
  readonly value: string;
  /** OFAC's main entry among several. */
  readonly main?: true;
  readonly comments?: string;
  /** OFAC's own doubt: `Confirmed`, `False`, `Reported`. */
  readonly reliability?: string;
  /** ISO dates of a value that is a period or a day. */
  readonly period?: Period;
}

/** A date as OFAC writes it (`value`), and the days it may mean. */
export interface DateAttribute extends Attribute {
  readonly period?: Period;
}

/** First and last ISO day that a date text may mean; both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly approximate?: true;
}

export interface Address {
  readonly uid?: number;
  readonly address1?: string;
  readonly address2?: string;
  readonly address3?: string;
  readonly city?: string;
  readonly stateOrProvince?: string;
  readonly postalCode?: string;
  /** City, state and postal code in one text, where the source (ADD.CSV) does not part them. */
  readonly locality?: string;
  readonly region?: string;
  readonly country?: string;
  readonly remarks?: string;
  readonly scripts?: readonly AddressForm[];
}

export interface AddressForm {
  readonly script: string;
  readonly parts: readonly TypedText[];
}

export interface IdentityDocument {
  readonly uid?: number;
  /** `Passport`, `Tax ID No.`, `Vessel Registration Identification`, … as OFAC names it. */
  readonly type: string;
  readonly number?: string;
  readonly country?: string;
  /** As OFAC writes it, e.g. `16 Oct 2019`. */
  readonly issued?: string;
  readonly expires?: string;
  readonly authority?: string;
  readonly location?: string;
  readonly comments?: string;
  /** Which of the party's other names it is issued in; left out for the primary name. */
  readonly name?: string;
  /** What OFAC notes about this document alone, e.g. `Gender: Male`. */
  readonly features?: readonly string[];
  /** Only where OFAC says that the document is not valid. */
  readonly valid?: false;
}

export interface Wallet {
  readonly uid?: number;
  /** OFAC's label: what OFAC wrote, not the chain. */
  readonly currency: string;
  readonly address: string;
  readonly comments?: string;
  readonly reliability?: string;
}

export interface Relationship {
  readonly uid?: number;
  /** `Linked To` where the source has only the remark, else OFAC's relation type. */
  readonly type: string;
  readonly targetUid?: number;
  readonly targetName: string;
  readonly quality?: string;
  readonly comments?: string;
  readonly period?: Period;
}
