import { type Note, type PartyLine, sha256Hex } from "../domain/index.ts";

/**
 * What the previous publication's records were, so that one whose raw text is unchanged need not be read
 * again. Only a shortcut: it is void when anything that decides over the result differs (`basis`).
 */
export interface Memory {
  /** Interpreter, list, coverage and reference values, as one text. */
  readonly basis: string;
  /** In ascending order of uid. */
  readonly records: readonly RememberedRecord[];
}

export interface RememberedRecord {
  /** The raw text, or the SHA-256 of raw bytes. */
  readonly raw: string;
  /** How many raw bytes; 0 where the raw text is kept. */
  readonly bytes: number;
  readonly line: PartyLine;
  readonly notes: readonly Note[];
}

/** A record as it is kept in a file: the party itself is in the ledger, only its digest is here. */
type KeptRecord = readonly [uid: number, raw: string, bytes: number, digest: string, ...notes: Note[]];

const FORMAT = "ofac-ledger memory 3";

/** What nearly all records of XML are: hex digests, no notes. They are written without brackets and quotes. */
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Memory as text, for a cache that may be thrown away at any time. It holds no parties: they are taken from
 * the ledger's state, which proves them.
 */
export function writeMemory(memory: Memory): string {
  const lines = memory.records.map(({ raw, bytes, line, notes }) =>
    notes.length === 0 && DIGEST.test(raw)
      ? `${line.uid} ${raw} ${bytes} ${line.digest}`
      : JSON.stringify([line.uid, raw, bytes, line.digest, ...notes] satisfies KeptRecord),
  );
  const body = `${JSON.stringify(memory.basis)}\n${lines.map((line) => `${line}\n`).join("")}`;
  return `${JSON.stringify([FORMAT, sha256Hex(body)])}\n${body}`;
}

/**
 * Memory from its text and the state it goes with; undefined for a text that is damaged or of another version.
 * Records whose party is not in the state, byte for byte, are left out: they will be read again.
 */
export function readMemory(text: string, parties: ReadonlyMap<number, PartyLine>): Memory | undefined {
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== JSON.stringify([FORMAT, sha256Hex(body)])) return undefined;
  const [basis, ...lines] = body.trimEnd().split("\n");
  if (basis === undefined) return undefined;
  const records: RememberedRecord[] = [];
  for (const text of lines) {
    // The digest above proves that `writeMemory` wrote these lines.
    const [uid, raw, bytes, digest, ...notes] = text.startsWith("[")
      ? (JSON.parse(text) as KeptRecord)
      : plain(text);
    const line = parties.get(uid);
    if (line?.digest === digest) records.push({ raw, bytes, line, notes });
  }
  return { basis: JSON.parse(basis) as string, records };
}

function plain(text: string): KeptRecord {
  const [uid, raw = "", bytes, digest = ""] = text.split(" ");
  return [Number(uid), raw, Number(bytes), digest];
}

/**
 * Finds remembered records by uid. Records are asked for in nearly ascending order, so that a finger that moves
 * along is quicker than a table of them all.
 */
export class Recall {
  readonly #records: readonly RememberedRecord[];
  #next = 0;

  constructor(memory: Memory | undefined) {
    this.#records = memory?.records ?? [];
  }

  find(uid: number): RememberedRecord | undefined {
    const records = this.#records;
    let at = this.#next;
    if ((records[at - 1]?.line.uid ?? -1) >= uid) at = 0;
    let found = records[at];
    while (found !== undefined && found.line.uid < uid) found = records[++at];
    this.#next = at;
    return found?.line.uid === uid ? found : undefined;
  }
}
