/** `<entity>` of the Enhanced files and of OFAC's public API. Texts as they stand; ids are OFAC's. */
export interface EnhancedEntity {
  readonly format: "enhanced";
  readonly uid: number;
  readonly type: string;
  readonly livingStatus?: string;
  readonly remarks?: string;
  readonly title?: string;
  readonly isUsCitizen?: boolean;
  readonly isUsPerson?: boolean;
  readonly lists: readonly EnhancedListing[];
  readonly programs: readonly EnhancedRef[];
  readonly sanctionsTypes: readonly EnhancedRef[];
  readonly legalAuthorities: readonly EnhancedRef[];
  readonly names: readonly EnhancedName[];
  readonly addresses: readonly EnhancedAddress[];
  readonly features: readonly EnhancedFeature[];
  readonly documents: readonly EnhancedDocument[];
  readonly relationships: readonly EnhancedRelationship[];
}

/** A reference value with the id of its use. */
export interface EnhancedRef {
  readonly uid: number;
  readonly value: string;
}

export interface EnhancedListing extends EnhancedRef {
  /** ISO date on which the party was put on the list. */
  readonly datePublished?: string;
}

export interface EnhancedName {
  readonly uid: number;
  readonly isPrimary: boolean;
  readonly isLowQuality: boolean;
  readonly aliasType?: string;
  readonly translations: readonly NameTranslation[];
}

export interface NameTranslation {
  readonly isPrimary: boolean;
  readonly script: string;
  readonly first?: string;
  readonly last?: string;
  readonly full?: string;
  readonly parts: readonly EnhancedPart[];
}

export interface EnhancedPart {
  readonly type: string;
  readonly value: string;
}

export interface EnhancedAddress {
  readonly uid: number;
  readonly country?: string;
  readonly translations: readonly AddressTranslation[];
}

export interface AddressTranslation {
  readonly isPrimary: boolean;
  readonly script: string;
  readonly parts: readonly EnhancedPart[];
}

export interface EnhancedFeature {
  readonly uid: number;
  readonly label: string;
  readonly value: string;
  readonly date?: EnhancedPeriod;
  readonly isPrimary: boolean;
  readonly reliability?: string;
  readonly comments?: string;
}

/** OFAC's date period: four ISO dates, any of which may be missing. */
export interface EnhancedPeriod {
  readonly fromBegin?: string;
  readonly fromEnd?: string;
  readonly toBegin?: string;
  readonly toEnd?: string;
  readonly approximate: boolean;
  readonly range: boolean;
}

export interface EnhancedDocument {
  readonly uid: number;
  readonly type: string;
  /** Which of the party's names it is issued in. */
  readonly name?: string;
  readonly nameUid?: number;
  readonly features: readonly string[];
  readonly number?: string;
  readonly isValid: boolean;
  readonly authority?: string;
  readonly location?: string;
  readonly country?: string;
  readonly issued?: EnhancedPeriod;
  readonly expires?: EnhancedPeriod;
  readonly comments?: string;
}

export interface EnhancedRelationship {
  readonly uid: number;
  readonly type: string;
  readonly targetUid: number;
  readonly targetName: string;
  readonly quality?: string;
  readonly dateRange?: EnhancedPeriod;
  readonly comments?: string;
}
