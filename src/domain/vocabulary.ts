import type { Area } from "./area.ts";
import { KNOWN_LABELS, type KnownLabel } from "./vocabulary-labels.ts";

/** Party types, in lower case. */
export const PARTY_TYPES: readonly string[] = ["entity", "individual", "vessel", "aircraft"];

/** Alias types as they are kept: OFAC's `A.K.A.`, `aka` and `a.k.a.` are one. */
export const ALIAS_TYPES: readonly string[] = ["a.k.a.", "f.k.a.", "n.k.a."];

/** What begins a relationship in remarks and notices. */
export const LINKED_TO = "Linked To:";

/** OFAC's names of the lists a party can be on. `Consolidated List` is a mark on every non-SDN party. */
export const LIST_NAMES: readonly string[] = [
  "SDN List",
  "Non-SDN Palestinian Legislative Council List",
  "FSE List",
  "Sectoral Sanctions Identifications List",
  "Consolidated List",
  "CAPTA List",
  "Non-SDN Menu-Based Sanctions List",
  "Non-SDN CMIC List",
];

/** Scripts in which OFAC gives names, as it calls them. */
export const SCRIPTS: readonly string[] = [
  "Arabic",
  "Armenian",
  "Chinese Simplified",
  "Chinese Traditional",
  "Cyrillic",
  "Georgian",
  "Greek",
  "Hangul",
  "Hebrew",
  "Japanese",
  "Korean",
  "Latin",
];

/** Program tags seen so far, retired ones too, so that history raises no warnings. */
const TAGS = `
561-Related; 561List; BALKANS; BALKANS-EO14033; BELARUS; BELARUS-EO; BELARUS-EO14038;
BPI-RUSSIA-EO14024; BPI-SUDAN-14098; BPI-Sudan-14098; BURMA-EO14014; BURUNDI; CAATSA - IRAN;
CAATSA - RUSSIA; CAR; CMIC-EO13959; CUBA; CUBA-EO; CUBA-EO14404; CYBER2; CYBER3; CYBER4; DARFUR; DPRK;
DPRK-NKSPEA; DPRK2; DPRK3; DPRK4; DRCONGO; ELECTION-EO13848; ETHIOPIA-EO14046; FSE-IR; FSE-SY; FTO;
GLOMAG; HIFPAA; HK-EO13936; HKAA; HOSTAGES-EO14078; HRIT-IR; HRIT-SY; ICC-EO14203; IFCA; IFSR;
ILLICIT-DRUGS-EO; ILLICIT-DRUGS-EO14059; IRAN; IRAN-CON-ARMS-EO; IRAN-EO13846; IRAN-EO13871;
IRAN-EO13876; IRAN-EO13902; IRAN-HR; IRAN-TRA; IRAQ2; IRAQ3; IRGC; ISA; LEBANON; LIBYA2; LIBYA3;
MAGNIT; MALI-EO13882; MIDDLE-EAST-EO; NICARAGUA; NICARAGUA-NHRAA; NPWMD; NS-PLC; PAARSSR-EO13894; PAIPA; PEESA;
PEESA-EO; PEESA-EO14039; RUSSIA-EO14024; RUSSIA-EO14065; SDGT; SDNT; SDNTK; SDT; SOMALIA; SOUTH SUDAN;
SSIDES; SUDAN-EO14098; SYRIA; SYRIA-CAESAR; SYRIA-EO13894; TCO; UHRPA; UKRAINE-EO13660;
UKRAINE-EO13661; UKRAINE-EO13662; UKRAINE-EO13685; VENEZUELA; VENEZUELA-EO13850; VENEZUELA-EO13884;
WEST-BANK-EO14115; YEMEN; ZIMBABWE
`;

/** Program tags seen so far, as OFAC writes them. The set is open: OFAC makes new ones. */
export const KNOWN_PROGRAMS: readonly string[] = TAGS.trim().split(/;\s+/);

const PROGRAM_TAGS: ReadonlySet<string> = new Set(KNOWN_PROGRAMS);

/** True for a program tag that is known; an unknown one is kept verbatim and flagged. */
export function isKnownProgram(tag: string): boolean {
  return PROGRAM_TAGS.has(tag);
}

/** A label with straight quotes, single spaces and no trailing punctuation: for comparing and showing. */
export function plainLabel(label: string): string {
  const plain = label
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\u201C\u201D]/g, '"')
    .replace(/\s+/g, " ");
  let end = plain.length;
  while (end > 0 && TRAILING.includes(plain.charAt(end - 1))) end--;
  return plain.slice(0, end).trim();
}

const TRAILING = " :-\u2013";

/** What a label means. `known` is false for a label that no table has: it passes through and is reported. */
export interface LabelClass {
  readonly area: Area;
  readonly kind: KnownLabel["kind"];
  readonly known: boolean;
}

const BY_LABEL: ReadonlyMap<string, KnownLabel> = new Map(
  KNOWN_LABELS.map((entry) => [plainLabel(entry.label).toLowerCase(), entry]),
);

/** Labels that OFAC coins after a pattern: a new one lands in the right area, and is reported all the same. */
const PATTERNS: readonly (readonly [RegExp, Area])[] = [
  [/^digital currency address\b/, "wallet"],
  [/^secondary sanctions\b/, "secondary-sanctions"],
  [/^(?:executive order|eo) \d+.*\b(?:directive|determination|information)\b/, "restriction"],
  [/^(?:listing|effective|divestment|purchase\/sales for divestment) date\b.*\(/, "restriction"],
  [/^(?:caatsa|ifca|peesa|cmic)\b.*\b(?:information|determination)$/, "restriction"],
  [/^(?:former |other |previous )?vessel\b/, "vessel"],
  [/^(?:former |other |previous )?aircraft\b/, "aircraft"],
];

const CLASSES = new Map<string, LabelClass>();

/** Labels are phrases; what is longer is no label, and untrusted text must cost neither time nor memory. */
const LABEL_LENGTH = 300;

/**
 * The area of a feature's or document's label. Quotes, case and trailing punctuation do not matter. Nothing
 * is dropped: an unknown label is a `feature`.
 */
export function classifyLabel(label: string): LabelClass {
  if (label.length > LABEL_LENGTH) return { area: "feature", kind: "feature", known: false };
  const cached = CLASSES.get(label);
  if (cached !== undefined) return cached;
  const found = classify(plainLabel(label).toLowerCase());
  if (CLASSES.size < 2000) CLASSES.set(label, found);
  return found;
}

function classify(plain: string): LabelClass {
  const entry = BY_LABEL.get(plain);
  if (entry !== undefined) return { area: entry.area, kind: entry.kind, known: true };
  const pattern = PATTERNS.find(([shape]) => shape.test(plain));
  return { area: pattern?.[1] ?? "feature", kind: "feature", known: false };
}

/** Currency of a wallet label: `Digital Currency Address - XBT` is `XBT`; undefined for any other label. */
export function walletCurrency(label: string): string | undefined {
  if (label.length > LABEL_LENGTH) return undefined;
  return /^Digital Currency Address - ?(\S.*)$/i.exec(plainLabel(label))?.[1];
}

/** True for a label whose value is a day or a period in OFAC's date texts. */
export function isPeriodLabel(label: string): boolean {
  return /\bdate\b|^birthdate$|^dob$/i.test(label);
}
