import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Packed, unpack, unpackStream } from "../../src/sources/index.ts";
import { failure, LIST_XML } from "./kit.ts";

const LIMITS = { maxUnpackedBytes: 1_000_000 };
const text = Buffer.from(LIST_XML);
const zip = (files: Record<string, Uint8Array>) => zipSync(files, { mtime: new Date(1980, 0, 1) });
const memory = (bytes: Uint8Array, name = "composed.bin"): Packed => ({ name, bytes });

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unpack-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function onDisk(bytes: Uint8Array): Promise<Packed> {
  const path = join(folder, `${files++}.bin`);
  await writeFile(path, bytes);
  return { path };
}
let files = 0;

async function pieces(source: Packed, limits = LIMITS): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const piece of unpackStream(source, limits)) found.push(piece);
  return found;
}

const PACKED: [string, Uint8Array][] = [
  ["plain", text],
  ["gzip", gzipSync(text)],
  ["gzip in two members", Buffer.concat([gzipSync(text.subarray(0, 99)), gzipSync(text.subarray(99))])],
  ["zip", zip({ "SDN.XML": text })],
  ["zip, stored", zipSync({ "SDN.XML": [text, { level: 0 }] })],
  [
    "zip with a folder and what macOS adds",
    zip({ "a/": new Uint8Array(), "a/SDN.XML": text, "__MACOSX/x": text }),
  ],
];

describe("unpacking", () => {
  test.each(PACKED)("%s, from memory and from disk, whole and in pieces", async (_, bytes) => {
    for (const source of [memory(bytes), await onDisk(bytes)]) {
      expect(Buffer.from(await unpack(source, LIMITS)).equals(text)).toBe(true);
      expect(Buffer.concat(await pieces(source)).equals(text)).toBe(true);
    }
  });

  test("goes by content, not by name", async () => {
    expect(Buffer.from(await unpack(memory(gzipSync(text), "SDN.XML"), LIMITS)).equals(text)).toBe(true);
    expect(Buffer.from(await unpack(memory(text, "SDN.zip"), LIMITS)).equals(text)).toBe(true);
  });

  test("plain bytes in memory are not copied", async () => {
    expect(await unpack(memory(text), LIMITS)).toBe(text);
  });

  test("of bytes inside a larger buffer reads only them", async () => {
    const inner = Buffer.concat([
      Buffer.from("before"),
      zip({ "SDN.XML": text }),
      Buffer.from("after"),
    ]).subarray(6, -5);
    expect(Buffer.from(await unpack(memory(inner), LIMITS)).equals(text)).toBe(true);
  });

  test("any bytes come back as they were", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5_000 }), async (bytes) => {
        for (const packed of [gzipSync(bytes), zip({ x: bytes })]) {
          expect(Buffer.from(await unpack(memory(packed), LIMITS)).equals(bytes)).toBe(true);
        }
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});

describe("an archive that is not what it should be", () => {
  const bomb = Buffer.alloc(20_000_000, "x");
  const two = zip({ "SDN.CSV": text, "ADD.CSV": text });
  const flipped = (bytes: Uint8Array, at: number) => bytes.map((b, i) => (i === at ? b ^ 0xff : b));
  const whole = zipSync({ "SDN.XML": [text, { level: 0 }] });

  test.each<[string, Uint8Array, string]>([
    ["a gzip bomb", gzipSync(bomb), "too-large"],
    ["a zip bomb", zip({ "SDN.XML": bomb }), "too-large"],
    ["a zip bomb that lies about its size", lyingZip(bomb, 5_000), "archive-broken|too-large"],
    ["plain bytes over the cap", bomb, "too-large"],
    ["a zip with nothing in it", zip({}), "archive-empty"],
    ["a zip with an empty file in it", zip({ "SDN.XML": new Uint8Array() }), "archive-empty"],
    ["a zip with two files", two, "archive-members"],
    ["a cut gzip", gzipSync(text).subarray(0, -20), "archive-broken"],
    ["a gzip of which only the head came", gzipSync(text).subarray(0, 12), "archive-broken"],
    [
      "a gzip with a wrong checksum",
      flipped(gzipSync(text), gzipSync(text).byteLength - 8),
      "archive-broken",
    ],
    ["a cut zip", zip({ "SDN.XML": text }).subarray(0, -30), "archive-broken"],
    ["half a zip", whole.subarray(0, 200), "archive-broken"],
    ["a zip with a flipped byte in a stored member", flipped(whole, 100), "archive-broken"],
    ["a zip that says less than it holds", lyingZip(text, 100), "archive-broken"],
    ["a zip of an unknown method", method(zip({ "SDN.XML": text }), 12), "archive-unsupported"],
    ["an encrypted zip", encrypted(zip({ "SDN.XML": text })), "archive-unsupported"],
  ])("%s", async (_, bytes, code) => {
    for (const source of [memory(bytes), await onDisk(bytes)]) {
      const { error } = await failure(unpack(source, LIMITS));
      expect(error.code).toMatch(new RegExp(`^(${code})$`));
      expect(error.exitCode).toBe(4);
      expect(error.message).toContain("path" in source ? source.path : "composed.bin");
    }
  });

  test("a bomb is stopped while it unfolds, not after", async () => {
    let size = 0;
    const { error } = await failure(
      (async () => {
        for await (const piece of unpackStream(memory(gzipSync(bomb)), LIMITS)) size += piece.byteLength;
      })(),
    );
    expect(error).toMatchObject({ code: "too-large" });
    expect(size).toBeLessThanOrEqual(LIMITS.maxUnpackedBytes);
  });

  test("every cut of a zip is noticed", async () => {
    const packed = zip({ "SDN.XML": text });
    for (let length = 4; length < packed.byteLength; length += 7) {
      const { error } = await failure(unpack(memory(packed.subarray(0, length)), LIMITS));
      expect(error, `${length} bytes`).toMatchObject({ code: "archive-broken", exitCode: 4 });
    }
  });

  test("every cut of a gzip is noticed", async () => {
    const packed = gzipSync(text);
    for (let length = 2; length < packed.byteLength; length += 7) {
      const { error } = await failure(unpack(memory(packed.subarray(0, length)), LIMITS));
      expect(error, `${length} bytes`).toMatchObject({ code: "archive-broken", exitCode: 4 });
    }
  });
});

describe("a file on disk", () => {
  test("that is missing is the operator's business: exit 2", async () => {
    const { error } = await failure(unpack({ path: join(folder, "nothing.xml") }, LIMITS));
    expect(error).toMatchObject({ code: "missing-file", exitCode: 2 });
    expect(error.message).toContain("nothing.xml");
  });

  test("that is a folder likewise", async () => {
    const { error } = await failure(unpack({ path: folder }, LIMITS));
    expect(error).toMatchObject({ code: "missing-file", exitCode: 2 });
  });

  test("left half-way is closed, and can be read again", async () => {
    const source = await onDisk(zip({ "SDN.XML": Buffer.concat(Array.from({ length: 2_000 }, () => text)) }));
    for (let i = 0; i < 3; i++) {
      for await (const piece of unpackStream(source, { maxUnpackedBytes: 10_000_000 })) {
        expect(piece.byteLength).toBeGreaterThan(0);
        break;
      }
    }
  });
});

/** A zip whose headers say `says` bytes, whatever is in it. */
function lyingZip(content: Uint8Array, says: number): Uint8Array {
  const bytes = Buffer.from(zip({ "SDN.XML": content }));
  const central = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  bytes.writeUInt32LE(says, central + 24);
  return bytes;
}

function method(bytes: Uint8Array, value: number): Uint8Array {
  const changed = Buffer.from(bytes);
  changed.writeUInt16LE(value, changed.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 10);
  return changed;
}

function encrypted(bytes: Uint8Array): Uint8Array {
  const changed = Buffer.from(bytes);
  changed.writeUInt16LE(1, changed.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8);
  return changed;
}
