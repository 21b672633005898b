import type { ListId, Profile, Provenance } from "../domain/index.ts";

/**
 * Where sources are and how politely they are asked. Every URL is here, so that a mirror or a test can stand
 * in for OFAC, and a move of OFAC's hosts, paths or file names is a change of configuration.
 */
export interface SourceSettings {
  /** Sanctions List Service: files and public API. Base URLs may carry a path; a final slash does not matter. */
  readonly serviceBase: string;
  /** Paths of a file on the service, in the order in which they are tried; `{file}` is the file's name. */
  readonly servicePaths: readonly string[];
  /** The old download tree, the last resort; null: not tried. */
  readonly treasuryBase: string | null;
  /** Path below `treasuryBase` of each file that has one there. */
  readonly treasuryPaths: Readonly<Record<string, string>>;
  /** Files of each list and profile, in the order in which they are read. */
  readonly files: Readonly<Record<ListId, Readonly<Record<Profile, readonly string[]>>>>;
  /** OFAC's site: recent actions. Links to `https://ofac.treasury.gov` are fetched from here. */
  readonly noticesBase: string;
  /** Treasury's site: press releases. Links to `https://home.treasury.gov` are fetched from here. */
  readonly pressBase: string;
  /** Says who asks and where to complain; OFAC refuses requests without one. */
  readonly userAgent: string;
  /**
   * Hosts that may be asked or redirected to besides those of the base URLs: `host`, `host:port`, or
   * `.suffix` for everything below it.
   */
  readonly allowedHosts: readonly string[];
  /**
   * What everything fetched is, whatever the request says; left out: as the request says when it comes from
   * OFAC's own hosts, else `third-party capture`. A demo says `composed` here.
   */
  readonly provenance?: Provenance;
  /** Milliseconds until a connection must stand. */
  readonly connectTimeoutMs: number;
  /** Milliseconds until the answer's header must be there. */
  readonly headersTimeoutMs: number;
  /** Longest silence within a body, in milliseconds. */
  readonly bodyTimeoutMs: number;
  /** Longest time of one attempt, redirects and body included, in milliseconds: ends a body that drips. */
  readonly attemptTimeoutMs: number;
  /** How often a document is asked for before giving up; at least 1. */
  readonly attempts: number;
  /** Wait before the second attempt, in milliseconds; doubled before each further one. */
  readonly backoffMs: number;
  /** Longest wait between two attempts, in milliseconds. */
  readonly backoffCapMs: number;
  /** Longest `Retry-After` that is waited for, in milliseconds; a longer one ends the look and is remembered. */
  readonly retryAfterCapMs: number;
  /** Pause between two documents, in milliseconds. There is never more than one request under way. */
  readonly gapMs: number;
  /** Redirects followed for one document. */
  readonly maxRedirects: number;
  /** Largest list file or delta, in bytes as transferred. */
  readonly maxDocumentBytes: number;
  /** Largest page or API answer, in bytes as transferred. */
  readonly maxPageBytes: number;
  /** Largest file after unpacking, in bytes. */
  readonly maxUnpackedBytes: number;
}

const MB = 1_000_000;
const MINUTE = 60_000;

/** OFAC's real hosts (state of 2026), and a rate nobody has to complain about. */
export const DEFAULT_SOURCE_SETTINGS: SourceSettings = {
  serviceBase: "https://sanctionslistservice.ofac.treas.gov",
  servicePaths: ["/api/PublicationPreview/exports/{file}", "/api/download/{file}"],
  treasuryBase: "https://www.treasury.gov/ofac/downloads",
  treasuryPaths: {
    "SDN.XML": "/sdn.xml",
    "SDN.CSV": "/sdn.csv",
    "ADD.CSV": "/add.csv",
    "ALT.CSV": "/alt.csv",
    "CONSOLIDATED.XML": "/consolidated/consolidated.xml",
  },
  files: {
    sdn: {
      enhanced: ["SDN_ENHANCED.ZIP"],
      legacy: ["SDN.XML"],
      csv: ["SDN.CSV"],
      "csv-set": ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"],
    },
    consolidated: {
      enhanced: ["CONS_ENHANCED.ZIP"],
      legacy: ["CONSOLIDATED.XML"],
      csv: ["CONS_PRIM.CSV"],
      "csv-set": ["CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"],
    },
  },
  noticesBase: "https://ofac.treasury.gov",
  pressBase: "https://home.treasury.gov",
  userAgent: "Mozilla/5.0 (compatible; ofac-ledger/0.1; +https://github.com/ofac-ledger/ofac-ledger)",
  allowedHosts: [".s3.us-gov-west-1.amazonaws.com", ".ofac.treas.gov", ".treasury.gov", "www.state.gov"],
  connectTimeoutMs: 20_000,
  headersTimeoutMs: MINUTE,
  bodyTimeoutMs: MINUTE,
  attemptTimeoutMs: 10 * MINUTE,
  attempts: 4,
  backoffMs: 2_000,
  backoffCapMs: 30_000,
  retryAfterCapMs: 2 * MINUTE,
  gapMs: 250,
  maxRedirects: 6,
  // SDN_ADVANCED.XML, the largest of OFAC's files, has 127 MB (2026-09); the zipped ones have a few.
  maxDocumentBytes: 300 * MB,
  // The longest notice pages have about 1 MB.
  maxPageBytes: 16 * MB,
  // SDN_ENHANCED.XML has 110 MB (2026-09) and grows by about a tenth a year.
  maxUnpackedBytes: 600 * MB,
};
