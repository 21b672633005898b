import { createHash } from "node:crypto";
import { zipSync } from "fflate";

/** What a test or the demo lets the stand-in publish. Everything is composed; nothing here is OFAC's. */
export interface ComposedPublication {
  /** OFAC's publication number; they only grow. */
  readonly id: number;
  /** UTC instant, e.g. `2023-05-23T14:01:44Z`. */
  readonly at: string;
  /**
   * By file name as OFAC names it. A file that is left out is exported again with the bytes it had, as OFAC
   * does. For `X_ENHANCED.XML` and `SDN.XML` the zipped form comes along by itself.
   */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  /** OFAC's own delta of this publication. */
  readonly delta?: Uint8Array | string;
  readonly notices?: readonly ComposedNotice[];
  readonly pressReleases?: readonly ComposedPressRelease[];
}

export interface ComposedNotice {
  /** `20230523` or `20230523_33`. */
  readonly slug: string;
  readonly title: string;
  /** ISO date. */
  readonly date: string;
  /** As in OFAC's paths, e.g. `sanctions-list-updates`. */
  readonly category: string;
  readonly nodeId?: string;
  /** The listing links the page by its number, as OFAC's does for a few. */
  readonly linkedByNumber?: boolean;
  /** HTML of the body field. */
  readonly body: string;
  /** As they stand on the page: links to the official host. */
  readonly pressReleases?: readonly { readonly title: string; readonly url: string }[];
}

export interface ComposedPressRelease {
  /** `jy1498`. */
  readonly id: string;
  readonly title: string;
  /** With offset, e.g. `2023-05-23T10:30:00-04:00`. */
  readonly published: string;
  /** HTML of the body field. */
  readonly body: string;
}

/** A file as it lies in the file store. */
export interface StoredFile {
  readonly name: string;
  readonly key: string;
  readonly bytes: Uint8Array;
  /** MD5 in quotes, as S3 has it for objects uploaded in one part. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly meta: Readonly<Record<string, string>>;
}

export function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === "string" ? Buffer.from(content, "utf8") : content;
}

/** All files of a publication as they go to the store: those given, their zipped forms, and the former ones. */
export function exportFiles(
  publication: ComposedPublication,
  former: ReadonlyMap<string, StoredFile>,
  shuffleSeed: number | undefined,
): Map<string, StoredFile> {
  const contents = new Map<string, Uint8Array>();
  for (const [name, file] of former) if (!isZip(name)) contents.set(name, file.bytes);
  for (const [name, content] of Object.entries(publication.files))
    contents.set(name.toUpperCase(), bytesOf(content));
  if (shuffleSeed !== undefined) {
    for (const [name, bytes] of contents) {
      if (name.endsWith(".XML")) contents.set(name, shuffleIds(bytes, shuffleSeed + publication.id));
    }
  }
  for (const [name, bytes] of [...contents]) {
    const zipped = zippedName(name);
    if (zipped !== undefined && !contents.has(zipped)) contents.set(zipped, zipOf(name, bytes));
  }
  return new Map([...contents].map(([name, bytes]) => [name, stored(publication, name, bytes)]));
}

export function stored(publication: ComposedPublication, name: string, bytes: Uint8Array): StoredFile {
  const day = easternDate(publication.at);
  const guid = (what: string) => {
    const hex = createHash("sha256").update(`${publication.id} ${what}`).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  };
  return {
    name,
    key: `/Published/${guid("set")}/${day}/${guid(name)}/${name}`,
    bytes,
    etag: `"${createHash("md5").update(bytes).digest("hex")}"`,
    lastModified: new Date(publication.at),
    meta: {
      "x-amz-meta-publication-id": String(publication.id),
      "x-amz-meta-preview-date": previewDate(publication.at),
      "x-amz-meta-delta-name": `${day}_delta.xml`,
    },
  };
}

function isZip(name: string): boolean {
  return name.endsWith(".ZIP");
}

function zippedName(name: string): string | undefined {
  if (name.endsWith("_ENHANCED.XML")) return name.replace(/\.XML$/, ".ZIP");
  return name === "SDN.XML" ? "SDN_XML.ZIP" : undefined;
}

/** The same bytes for the same content: the time stamp inside is fixed (zip knows nothing before 1980). */
export function zipOf(name: string, bytes: Uint8Array): Uint8Array {
  return zipSync({ [name]: bytes }, { mtime: new Date(1980, 0, 1), level: 6 });
}

/**
 * Another order of the `<id>` children of every `<idList>`, as OFAC's exporter gives with each export. Byte
 * length and content stay the same.
 */
export function shuffleIds(bytes: Uint8Array, seed: number): Uint8Array {
  const text = Buffer.from(bytes).toString("utf8");
  let turn = seed;
  const shuffled = text.replace(/(<idList>\s*)([\s\S]*?)(\s*<\/idList>)/g, (_, head, inner: string, tail) => {
    const items = inner.match(/<id>[\s\S]*?<\/id>/g) ?? [];
    const gap = /<\/id>(\s*)<id>/.exec(inner)?.[1] ?? "";
    const by = items.length > 1 ? 1 + (turn++ % (items.length - 1)) : 0;
    return `${head}${[...items.slice(by), ...items.slice(0, by)].join(gap)}${tail}`;
  });
  return Buffer.from(shuffled, "utf8");
}

const EASTERN = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  dateStyle: "short",
  timeStyle: "medium",
  hourCycle: "h23",
});

/** US Eastern wall clock without offset, `2023-05-23T10:01:44`. */
export function easternWallClock(at: string): string {
  const parts = Object.fromEntries(
    EASTERN.formatToParts(new Date(at)).map((part) => [part.type, part.value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

export function easternDate(at: string): string {
  return easternWallClock(at).slice(0, 10);
}

/** The day before, in the American form of OFAC's header. */
function previewDate(at: string): string {
  const before = easternWallClock(new Date(Date.parse(at) - 72_000_000).toISOString());
  const [, year, month, day, hour, minute, second] =
    /^(\d+)-0?(\d+)-0?(\d+)T(\d+):(\d+):(\d+)$/.exec(before) ?? [];
  const h = Number(hour);
  return `${month}/${day}/${year} ${h % 12 === 0 ? 12 : h % 12}:${minute}:${second} ${h < 12 ? "AM" : "PM"}`;
}
