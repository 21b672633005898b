import type { Area } from "./area.ts";

/**
 * OFAC's labels of features and documents, and the area each belongs to. Sources: the feature types and
 * identity-document types of the Enhanced files, the `idType` values of the legacy files. Labels keep OFAC's
 * own trailing punctuation. The sets are open: see `classifyLabel` for what is not here.
 */
export interface KnownLabel {
  readonly label: string;
  readonly area: Area;
  readonly kind: "feature" | "document";
}

const FEATURES: readonly (readonly [Area, readonly string[]])[] = [
  ["birth-date", ["Birthdate", "DOB"]],
  ["birth-place", ["Place of Birth", "POB"]],
  ["nationality", ["Nationality Country", "nationality"]],
  ["citizenship", ["Citizenship Country", "citizen"]],
  ["gender", ["Gender"]],
  ["contact", ["Website", "Email Address", "Phone Number"]],
  ["secondary-sanctions", ["Secondary sanctions risk:", "Additional Sanctions Information -"]],
  [
    "restriction",
    [
      "CAATSA Section 235 Information:",
      "Executive Order 13662 Directive Determination -",
      "Executive Order 13846 information:",
      "Executive Order 14014 Directive Information:",
      "Executive Order 14024 Directive Information -",
      "Executive Order 14024 Directive Information",
      "Executive Order 14059 information:",
      "IFCA Determination -",
      "PEESA Information:",
      "Listing Date (CMIC)",
      "Effective Date (CMIC)",
      "Purchase/Sales For Divestment Date (CMIC)",
      "Listing Date (EO 14014 Directive 1):",
      "Effective Date (EO 14014 Directive 1):",
      "Listing Date (EO 14024 Directive 1a):",
      "Effective Date (EO 14024 Directive 1a):",
      "Listing Date (EO 14024 Directive 2):",
      "Effective Date (EO 14024 Directive 2):",
      "Listing Date (EO 14024 Directive 3):",
      "Effective Date (EO 14024 Directive 3):",
    ],
  ],
  [
    "vessel",
    [
      "Vessel Call Sign",
      "VESSEL TYPE",
      "Vessel Flag",
      "Vessel Owner",
      "Vessel Tonnage",
      "Vessel Gross Registered Tonnage",
      "Vessel Year of Build",
      "Former Vessel Flag",
      "Other Vessel Call Sign",
      "Other Vessel Flag",
      "Other Vessel Type",
    ],
  ],
  [
    "aircraft",
    [
      "Aircraft Construction Number (also called L/N or S/N or F/N)",
      "Aircraft Manufacture Date",
      "Aircraft Manufacturer's Serial Number (MSN)",
      "Aircraft Mode S Transponder Code",
      "Aircraft Model",
      "Aircraft Operator",
      "Aircraft Tail Number",
      "Previous Aircraft Tail Number",
    ],
  ],
  [
    "feature",
    [
      "Additional Program Tags -",
      "BIK (RU)",
      "D-U-N-S Number",
      "Equity Ticker",
      "For more information, please see:",
      "ISIN",
      "Issuer Name",
      "Location",
      "MICEX Code",
      "Nationality of Registration",
      "Organization Established Date",
      "Organization Type:",
      "Registration Country",
      "SWIFT/BIC",
      "Target Type",
      "Title",
      "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:",
      "UN/LOCODE",
    ],
  ],
];

/** Identity-document types; MMSI and the vessel registration (IMO) are documents for OFAC. */
const DOCUMENTS = `
Afghan Money Service Provider License Number; Aircraft Serial Identification; Birth Certificate Number;
Bosnian Personal ID No.; Branch Unit Number; British National Overseas Passport; Business Number;
Business Registration Document #; Business Registration Number; C.I.F.; C.I.N.; C.R. No.; C.U.I.;
C.U.I.P.; C.U.I.T.; C.U.R.P.; Cartilla de Servicio Militar Nacional; Cedula No.;
Central Registration System Number; Certificate of Incorporation Number; Chamber of Commerce Number;
Chinese Commercial Code; Citizen's Card Number; CNP (Personal Numerical Code);
Commercial Registry Number; Company Number; Credencial electoral; D.N.I.; Diplomatic Passport;
Driver's License No.; Dubai Chamber of Commerce Membership No.; Economic Register Number (CBLS);
Electoral Registry No.; Enterprise Number; File Number; Fiscal Code; Folio Mercantil No.;
Global Intermediary Identification Number; Government Gazette Number; I.F.E.; Identification Number;
Immigration No.; Istanbul Chamber of Comm. No.; Italian Fiscal Code; Kenyan ID No.; LE Number;
Legal Entity Number; License; Matricula Mercantil No; Military Registration Number; MMSI;
Moroccan Personal ID No.; MSB Registration Number; N.I.E.; N.I.F.; National Foreign ID Number;
National ID No.; NIT #; Numero de Identidad; Numero Unico de Identificacao Tributaria (NUIT);
Organization Code; Paraguayan tax identification number; Passport; Permit Number; Personal ID Card;
Pilot License Number; Public Registration Number; Public Security and Immigration No.; R.F.C.;
Refugee ID Card; Registered Charity No.; Registration Certificate Number (Dubai); Registration ID;
Registration Number; Residency Number; RFC; RIF #; Romanian C.R.; Romanian Permanent Resident;
Romanian Tax Registration; RSIN; RTN; RUC #;
Russian State Individual Business Registration Number Pattern (OGRNIP);
Seafarer's Identification Document; Serial No.; SRE Permit No.; SSN; Stateless Person ID Card;
Stateless Person Passport; Tax ID No.; Tazkira National ID Card; Tourism License No.;
Trade License No.; Trademark number; Travel Document Number; Turkish Identification Number;
UAE Identification; UK Company Number; Unified Social Credit Code (USCC);
United Social Credit Code Certificate (USCCC); US FEIN; V.A.T. Number;
Vessel Registration Identification; VisaNumberID
`;

/** What OFAC has labelled a wallet with so far: its word, not the chain. */
const CURRENCIES = "ARB BCH BNB BSC BSV BTC BTG DASH DOGE ETC ETH LTC SOL TRX USDC USDT XBT XMR XRP XVG ZEC";

const split = (table: string): string[] => table.trim().split(/;\s+/);

/** Every label that is known by name. */
export const KNOWN_LABELS: readonly KnownLabel[] = [
  ...FEATURES.flatMap(([area, labels]) => labels.map((label) => ({ label, area, kind: "feature" as const }))),
  ...CURRENCIES.split(" ").map((code) => ({
    label: `Digital Currency Address - ${code}`,
    area: "wallet" as const,
    kind: "feature" as const,
  })),
  ...split(DOCUMENTS).map((label) => ({ label, area: "document" as const, kind: "document" as const })),
];
