/** `<sdnEntry>` of SDN.XML and CONSOLIDATED.XML. Texts as they stand. */
export interface LegacyEntry {
  readonly format: "legacy";
  readonly uid: number;
  readonly firstName?: string;
  readonly lastName: string;
  readonly title?: string;
  readonly sdnType: string;
  readonly remarks?: string;
  readonly programs: readonly string[];
  /** Identity documents and features, told apart by their type only. */
  readonly ids: readonly LegacyId[];
  readonly akas: readonly LegacyAka[];
  readonly addresses: readonly LegacyAddress[];
  readonly nationalities: readonly LegacyItem[];
  readonly citizenships: readonly LegacyItem[];
  readonly birthDates: readonly LegacyItem[];
  readonly birthPlaces: readonly LegacyItem[];
  readonly vessel?: LegacyVessel;
}

export interface LegacyId {
  readonly uid: number;
  readonly idType: string;
  readonly idNumber?: string;
  readonly idCountry?: string;
  readonly issueDate?: string;
  readonly expirationDate?: string;
}

export interface LegacyAka {
  readonly uid: number;
  readonly type: string;
  readonly category: string;
  readonly lastName?: string;
  readonly firstName?: string;
}

export interface LegacyAddress {
  readonly uid: number;
  readonly address1?: string;
  readonly address2?: string;
  readonly address3?: string;
  readonly city?: string;
  readonly stateOrProvince?: string;
  readonly postalCode?: string;
  readonly region?: string;
  readonly country?: string;
}

/** A nationality, citizenship, date or place of birth. */
export interface LegacyItem {
  readonly uid: number;
  readonly value: string;
  readonly main: boolean;
}

export interface LegacyVessel {
  readonly callSign?: string;
  readonly vesselType?: string;
  readonly vesselFlag?: string;
  readonly vesselOwner?: string;
  readonly tonnage?: string;
  readonly grossRegisteredTonnage?: string;
}
