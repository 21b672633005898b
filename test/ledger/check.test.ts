import { describe, expect, it } from "vitest";
import { canonicalJson, IntegrityError, sha256 } from "../../src/domain/index.ts";
import { checkFiles, jsonBytes, type LedgerFiles, parseFile } from "../../src/ledger/index.ts";
import { composeLedger } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";

function ledger(): LedgerFiles & { content: Map<string, Uint8Array> } {
  const files = memoryFiles();
  composeLedger(files);
  return files;
}

function faults(files: LedgerFiles): string[] {
  return checkFiles(files).problems.map(({ file, code }) => `${code} ${file}`);
}

function edit(files: LedgerFiles, path: string, change: (content: Record<string, unknown>) => unknown): void {
  const bytes = files.read(path);
  if (bytes === undefined) throw new Error(`no ${path}`);
  files.write(path, jsonBytes(change(parseFile<Record<string, unknown>>(path, bytes))));
}

const HEAD = "sdn/live/head.json";
const RECORD = "sdn/live/records/2023/sdn-20230523.json";
const NOTICE = "context/2023/notice-2023-05-23.json";

describe("checkFiles", () => {
  it("finds nothing wrong with a whole ledger, nor with none", () => {
    expect(faults(ledger())).toEqual([]);
    expect(faults(memoryFiles())).toEqual([]);
  });

  const planted: readonly (readonly [string, (files: LedgerFiles) => void, readonly string[]])[] = [
    ["a missing head", (f) => f.remove(HEAD), [`missing ${HEAD}`]],
    ["a missing manifest", (f) => f.remove("manifest.json"), ["missing manifest.json"]],
    ["a missing log", (f) => f.remove("context/log.ndjson"), ["missing context/log.ndjson"]],
    ["a missing record", (f) => f.remove(RECORD), [`record-missing ${RECORD}`]],
    [
      "a missing shard",
      (f) => f.remove("sdn/live/parties/0.ndjson"),
      ["shard-mismatch sdn/live/parties/0.ndjson"],
    ],
    ["a missing context file", (f) => f.remove(NOTICE), [`missing ${NOTICE}`]],
    [
      "a changed record",
      (f) => edit(f, RECORD, (record) => ({ ...record, headline: "20230523: no changes" })),
      [`record-mismatch ${RECORD}`],
    ],
    ["a changed head", (f) => edit(f, HEAD, (head) => ({ ...head, records: 7 })), [`hash ${HEAD}`]],
    [
      "a record beside the chain",
      (f) => f.write("sdn/live/records/2023/sdn-20230524.json", jsonBytes({})),
      ["foreign-file sdn/live/records/2023/sdn-20230524.json"],
    ],
    [
      "a shard beside the state",
      (f) => f.write("sdn/live/parties/3.ndjson", new Uint8Array()),
      ["shard-mismatch sdn/live/parties/3.ndjson"],
    ],
    [
      "any other file in a segment",
      (f) => f.write("sdn/live/notes.txt", new Uint8Array([10])),
      ["foreign-file sdn/live/notes.txt"],
    ],
    [
      "a file that no log lists",
      (f) => f.write("context/2023/more.json", jsonBytes({})),
      ["unlisted context/2023/more.json"],
    ],
    [
      "a segment that the manifest does not list",
      (f) => f.write("sdn/other/head.json", f.read(HEAD) ?? new Uint8Array()),
      ["unlisted sdn/other/head.json", "place sdn/other/head.json"],
    ],
    [
      "a folder that is no segment",
      (f) => f.write("sdn/Not A Segment/x", new Uint8Array()),
      ["foreign-folder sdn/Not A Segment"],
    ],
    [
      "a manifest that was edited by hand",
      (f) => edit(f, "manifest.json", (m) => ({ ...m, heads: {} })),
      ["hash manifest.json"],
    ],
    [
      "a manifest that was reformatted",
      (f) =>
        f.write(
          "manifest.json",
          new TextEncoder().encode(
            JSON.stringify(parseFile("manifest.json", f.read("manifest.json") ?? new Uint8Array()), null, 2),
          ),
        ),
      ["not-canonical manifest.json"],
    ],
  ];
  it.each(planted)("names %s", (_, plant, expected) => {
    const files = ledger();
    plant(files);
    expect(faults(files)).toEqual(expected);
  });

  it("names a head whose chain is shorter than it says, even when every hash was made to fit", () => {
    const files = ledger();
    edit(files, HEAD, (head) => ({ ...head, records: 7 }));
    edit(files, "manifest.json", ({ formatVersion, heads, logs }) => {
      const content = { formatVersion, heads: { ...(heads as object), [HEAD]: hashOf(files, HEAD) }, logs };
      return { ...content, seal: sha256(canonicalJson(content)) };
    });
    expect(faults(files)).toEqual([`count ${HEAD}`]);
  });

  it("asks for the shape of every file but shards and logs, and reports what it is told", () => {
    const files = ledger();
    const asked: string[] = [];
    checkFiles(files, (kind) => void asked.push(kind));
    const json = [...files.content.keys()].filter((path) => path.endsWith(".json"));
    expect(asked).toHaveLength(json.length);
    expect(new Set(asked)).toEqual(
      new Set(["manifest", "head", "record", "observations", "context", "checks", "deliveries"]),
    );
    const { problems } = checkFiles(files, (kind) => (kind === "head" ? "has horns" : undefined));
    expect(problems.map(({ file, code, message }) => [file, code, message])).toEqual([
      [HEAD, "shape", "has horns"],
      ["consolidated/live/head.json", "shape", "has horns"],
    ]);
  });

  it("lets an error that is not ours through", () => {
    const files = ledger();
    const broken: LedgerFiles = {
      ...files,
      read: (path) => {
        if (path === RECORD) throw new TypeError("a bug");
        return files.read(path);
      },
    };
    expect(() => checkFiles(broken)).toThrow(TypeError);
    expect(new IntegrityError("x", "y")).not.toBeInstanceOf(TypeError);
  });
});

function hashOf(files: LedgerFiles, path: string): string {
  return sha256(files.read(path) ?? new Uint8Array());
}
