import { createHash } from "node:crypto";
import {
  type Hash,
  type IsoDate,
  type Issue,
  type ListId,
  type ListState,
  type Profile,
  type Provenance,
  type SourceRef,
  UsageError,
} from "../../domain/index.ts";
import { interpret, type Memory } from "../../normalize/index.ts";
import { openList } from "../../parse/index.ts";
import { DEFAULT_SOURCE_SETTINGS, type Packed, unpackStream } from "../../sources/index.ts";

/** What reading a list remembers, so that the next publication's unchanged records need not be read anew. */
export type ListMemory = Memory;

/** A list as read from its file or files. */
export interface ListReading {
  readonly state: ListState;
  readonly interpreter: string;
  readonly publishDate: IsoDate | null;
  /** Which list the content or the name tells that it is, whatever was asked for; null: neither does. */
  readonly told: ListId | null;
  readonly issues: readonly Issue[];
  readonly sources: readonly SourceRef[];
  readonly memory: ListMemory;
  /** How many parties had to be read; the others were remembered. */
  readonly read: number;
}

export interface ReadOptions {
  readonly list?: ListId | undefined;
  readonly provenance: Provenance;
  readonly memory?: (list: ListId, profile: Profile) => ListMemory | undefined;
  readonly maxUnpackedBytes?: number;
}

/** A file by its path, or a fetched document. */
export type ListSource = string | { readonly name: string; readonly bytes: Uint8Array };

/**
 * Reads the file or files of one list: unpacked, detected by content, parsed, interpreted.
 * @throws ContentError when it is no sound list; UsageError when the file is missing or its list is not known
 */
export async function readList(sources: readonly ListSource[], options: ReadOptions): Promise<ListReading> {
  const inputs = sources.map((source) => meteredInput(source, options));
  const parsed = await openList(inputs);
  const list = options.list ?? parsed.list;
  if (list === null) {
    throw new UsageError(
      "list-unknown",
      `${inputs.map((input) => input.name).join(", ")}: neither content nor name tells which list this is. Say ` +
        "--list sdn or --list consolidated.",
    );
  }
  const memory = options.memory?.(list, parsed.profile);
  const read = await interpret(parsed, memory === undefined ? { list } : { list, memory });
  return {
    state: read.state,
    interpreter: parsed.interpreter,
    publishDate: parsed.publishDate,
    told: parsed.list,
    issues: read.issues,
    sources: inputs.map((input) => input.reference()),
    memory: read.memory,
    read: read.read,
  };
}

/** Only what a file's head tells. */
export async function peekList(
  source: ListSource,
  options: Pick<ReadOptions, "list">,
): Promise<{ readonly publishDate: IsoDate | null; readonly list: ListId | null }> {
  const parsed = await openList([meteredInput(source, { ...options, provenance: "third-party capture" })]);
  await parsed.close();
  return { publishDate: parsed.publishDate, list: options.list ?? parsed.list };
}

/** SHA-256 of a file, unpacked, as records name it. @throws as `readList` for one that cannot be unpacked */
export async function fileHash(path: string): Promise<Hash> {
  const hash = createHash("sha256");
  for await (const piece of unpackStream({ path }, DEFAULT_SOURCE_SETTINGS)) hash.update(piece);
  return `sha256:${hash.digest("hex")}`;
}

interface MeteredInput {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** After the bytes were read to their end. */
  reference(): SourceRef;
}

/** Plain bytes of a source, hashed as they pass. Hash and size are those of the unpacked file, as OFAC lists them. */
function meteredInput(source: ListSource, options: ReadOptions): MeteredInput {
  const packed: Packed = typeof source === "string" ? { path: source } : source;
  const hash = createHash("sha256");
  const limits = { maxUnpackedBytes: options.maxUnpackedBytes ?? DEFAULT_SOURCE_SETTINGS.maxUnpackedBytes };
  const file = plainName(typeof source === "string" ? source : source.name);
  let size = 0;
  async function* metered(): AsyncGenerator<Uint8Array> {
    for await (const chunk of unpackStream(packed, limits)) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  return {
    name: file,
    bytes: metered(),
    reference: () => {
      const digest: Hash = `sha256:${hash.digest("hex")}`;
      return { file, sha256: digest, bytes: size, provenance: options.provenance };
    },
  };
}

/** `SDN_ENHANCED.ZIP` holds `SDN_ENHANCED.XML`; folders and the ending of a packing do not count. */
function plainName(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return name.replace(/\.gz$/i, "").replace(/_ENHANCED\.ZIP$/i, "_ENHANCED.XML");
}
