import {
  ContentError,
  compareText,
  type Instant,
  type IsoDate,
  LedgerError,
  type ListId,
  type Profile,
  type Provenance,
  UsageError,
} from "../../domain/index.ts";
import { DETECT_BYTES, type DocumentKind, detect, listOfName, openList } from "../../parse/index.ts";
import { DEFAULT_SOURCE_SETTINGS, unpackStream } from "../../sources/index.ts";
import { type Dating, datingOf } from "./dating.ts";
import type { ImportManifest } from "./manifest.ts";

/** The file or files of one publication, with what orders them. */
export interface Candidate extends Dating {
  /** The primary file first. */
  readonly paths: readonly string[];
  readonly list: ListId;
  readonly profile: Profile;
  readonly provenance: Provenance;
}

export interface CandidateOptions {
  /** Of files that do not say which list they are. */
  readonly list?: ListId | undefined;
  readonly provenance: Provenance;
  readonly manifest: ImportManifest | undefined;
  /** No file shows a later day; missing: any is taken. */
  readonly now?: Instant | undefined;
}

/** A file that cannot be imported, and why. */
export interface Refusal {
  readonly path: string;
  readonly error: LedgerError;
}

/** What a file is, as its beginning tells. */
interface Peeked {
  readonly path: string;
  readonly kind: DocumentKind;
}

/**
 * Finds out what each file is, puts the files of a CSV set together, and orders all of them by date. Files that cannot
 * be imported are given back with the reason; the others still are.
 */
export async function findCandidates(
  paths: readonly string[],
  options: CandidateOptions,
  looked: (done: number, path: string) => void,
): Promise<{ readonly candidates: readonly Candidate[]; readonly refused: readonly Refusal[] }> {
  const refused: Refusal[] = [];
  const attempt = async <T>(path: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      refused.push({ path, error });
      return undefined;
    }
  };
  const peeked: Peeked[] = [];
  for (const [i, path] of [...new Set(paths)].entries()) {
    looked(i, path);
    const one = await attempt(path, async () => ({ path, kind: await kindOf(path) }));
    if (one !== undefined) peeked.push(one);
  }
  const candidates: Candidate[] = [];
  for (const group of grouped(peeked)) {
    const [first] = group;
    const found = first && (await attempt(first.path, () => candidateOf(group, options)));
    if (found !== undefined) candidates.push(found);
  }
  return { candidates: candidates.sort(inDateOrder), refused };
}

/** A piece of a file is enough to tell what it is. */
async function kindOf(path: string): Promise<DocumentKind> {
  const seen: Uint8Array[] = [];
  let size = 0;
  for await (const piece of unpackStream({ path }, DEFAULT_SOURCE_SETTINGS)) {
    seen.push(piece);
    size += piece.length;
    if (size >= DETECT_BYTES) break;
  }
  return detect(Buffer.concat(seen), path);
}

const PART = /(SDN_COMMENTS|CONS_COMMENTS|CONS_PRIM|CONS_ALT|CONS_ADD|SDN|ALT|ADD)(?=\.CSV\b)/i;

/** A file of a set may be packed while another is not. */
const PACKED = /\.(?:gz|zip)$/i;

/** Files of one CSV set lie in one folder, and their names differ in nothing but the part. The primary comes first. */
function grouped(files: readonly Peeked[]): Peeked[][] {
  const groups = new Map<string, Peeked[]>();
  for (const file of files) {
    const { path, kind } = file;
    const part = PART.exec(path.split(/[\\/]/).at(-1) ?? "")?.[1]?.toUpperCase();
    const isPart = kind.startsWith("csv") && part !== undefined;
    const set = part?.startsWith("CONS_") === true ? "consolidated" : "sdn";
    const key = isPart
      ? `set ${path.replace(new RegExp(`${part}(?=\\.CSV\\b)`, "i"), set).replace(PACKED, "")}`
      : `file ${path}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()].map((group) =>
    group.sort((a, b) => rank(a) - rank(b) || compareText(a.path, b.path)),
  );
}

function rank({ kind }: Peeked): number {
  return kind === "csv-primary" ? 0 : 1;
}

async function candidateOf(group: readonly Peeked[], options: CandidateOptions): Promise<Candidate> {
  const [first, ...others] = group;
  if (first === undefined) throw new Error("a group has a file");
  const { path } = first;
  refuseParts(first, others);
  const head = await headOf(first, others.length > 0);
  if (options.list !== undefined && head.told !== null && head.told.list !== options.list) {
    throw new UsageError(
      "other-list",
      `${path}: expected a file of the ${options.list} list, as --list says, found one that ` +
        `${head.told.by === "content" ? "says of itself that it is" : "is named as"} the ${head.told.list} list. ` +
        "--list is for files that do not tell which list they are: leave it out" +
        `${head.told.by === "content" ? "." : ", or rename the file if its name misleads."}`,
    );
  }
  const list = options.list ?? head.list;
  if (list === null) {
    throw new UsageError(
      "list-unknown",
      `${path}: neither content nor name tells which list this is; OFAC's customised exports are parts of several. If ` +
        "it is the whole of one, say --list sdn or --list consolidated; a part needs a segment of its own (--segment).",
    );
  }
  const known = options.manifest?.of(path);
  return {
    paths: group.map((file) => file.path),
    list,
    profile: head.profile,
    ...datingOf(path, head.publishDate, known, options.now),
    provenance: known?.provenance ?? options.provenance,
  };
}

function refuseParts({ path, kind }: Peeked, others: readonly Peeked[]): void {
  if (kind === "delta-xml") {
    throw new ContentError(
      "not-a-list",
      `${path}: expected a list, found OFAC's delta of one publication. It has only a part of each party that was ` +
        "modified, so no list can be made from it; reconcile holds a publication against it (--delta).",
    );
  }
  if (kind.startsWith("csv-") && kind !== "csv-primary") {
    const names = [path, ...others.map((file) => file.path)].join(", ");
    throw new ContentError(
      "incomplete-set",
      `${names}: expected SDN.CSV or CONS_PRIM.CSV beside it in the same folder, found none. Give the files of one ` +
        "publication together.",
    );
  }
}

interface ListHead {
  readonly list: ListId | null;
  /** What the file itself or its own name tells, which nobody may overrule; a folder's name is only a hint. */
  readonly told: { readonly list: ListId; readonly by: "content" | "name" } | null;
  readonly profile: Profile;
  readonly publishDate: IsoDate | null;
}

/** What a list says of itself. Only an Enhanced file says which it is: of others, what there is to know is in the name. */
async function headOf({ path, kind }: Peeked, isSet: boolean): Promise<ListHead> {
  const list = listOfName(path.split(/[\\/]/).at(-1) ?? path);
  const named = list === null ? null : ({ list, by: "name" } as const);
  if (kind === "csv-primary") {
    return { list, told: named, profile: isSet ? "csv-set" : "csv", publishDate: null };
  }
  const parsed = await openList([{ name: path, bytes: unpackStream({ path }, DEFAULT_SOURCE_SETTINGS) }]);
  await parsed.close();
  const { profile, publishDate } = parsed;
  if (profile !== "enhanced") return { list: list ?? parsed.list, told: named, profile, publishDate };
  const told = parsed.list === null ? null : ({ list: parsed.list, by: "content" } as const);
  return { list: parsed.list, told, profile, publishDate };
}

function inDateOrder(a: Candidate, b: Candidate): number {
  return (
    compareText(a.date.date, b.date.date) ||
    compareText(a.captured?.to ?? "", b.captured?.to ?? "") ||
    compareText(a.paths[0] ?? "", b.paths[0] ?? "")
  );
}
