import { describe, expect, it } from "vitest";
import { canonicalJson, LedgerError, sha256 } from "../../src/domain/index.ts";
import {
  checkFiles,
  jsonBytes,
  type LedgerFiles,
  listSegments,
  openWriter,
  parseFile,
  readHead,
  readLog,
} from "../../src/ledger/index.ts";
import { appendDay, composeLedger, PARTIES_BEFORE } from "../support/composed-ledger.ts";
import { Crash, crashingFiles, crashPoints, memoryFiles } from "../support/crashing-files.ts";
import { entity } from "../support/records.ts";

const HEAD = "sdn/live/head.json";
const LOGS = ["observations", "context", "checks", "deliveries"].map((name) => `${name}/log.ndjson`);
const NEXT = { date: "2023-06-02", parties: [...PARTIES_BEFORE, entity(9, "COMPOSED HOLDER")] };

function ledger() {
  const files = memoryFiles();
  composeLedger(files);
  return files;
}

const text = (files: LedgerFiles, path: string) => new TextDecoder().decode(files.read(path));
const write = (files: LedgerFiles, path: string, content: string) =>
  files.write(path, new TextEncoder().encode(content));

function edit(files: LedgerFiles, path: string, change: (content: Record<string, unknown>) => unknown): void {
  files.write(path, jsonBytes(change(JSON.parse(text(files, path)))));
}

/** As a hand does it that edits the manifest and seals it again. */
function reseal(files: LedgerFiles, change: (content: Record<string, unknown>) => object): void {
  edit(files, "manifest.json", ({ seal: _, ...content }) => {
    const changed = change(content);
    return { ...changed, seal: sha256(canonicalJson(changed)) };
  });
}

/** Takes the last line of a log, and the file that it lists. */
function loseLast(files: LedgerFiles, log: string): void {
  const lines = text(files, log).trimEnd().split("\n");
  const { path } = JSON.parse(lines.pop() ?? "") as { path: string };
  write(files, log, lines.map((line) => `${line}\n`).join(""));
  files.remove(path);
}

/** Each way to go on from a ledger. */
const WRITERS: readonly (readonly [string, (files: LedgerFiles) => void])[] = [
  ["a record", (files) => void appendDay(files, NEXT)],
  ["a segment of its own", (files) => void appendDay(files, NEXT, { segment: "other" })],
  [
    "a file of a collection",
    (files) => {
      const writer = openWriter(files);
      writer.put("checks", "2023/note.json", { note: "composed" });
      writer.commit();
    },
  ],
];

function refusal(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof LedgerError) return `${error.exitCode} ${error.code} ${error.message.split(":")[0]}`;
    throw error;
  }
  return "none";
}

describe("a writer", () => {
  const planted: readonly (readonly [string, string, (files: LedgerFiles) => void])[] = [
    ...LOGS.map((log) => [`lost lines of ${log}`, log, (f: LedgerFiles) => loseLast(f, log)] as const),
    ...LOGS.map((log) => [`lost ${log}`, log, (f: LedgerFiles) => f.remove(log)] as const),
    ["an edited head", HEAD, (f) => edit(f, HEAD, (head) => ({ ...head, counts: { entity: 1 } }))],
    ["a lost head", HEAD, (f) => f.remove(HEAD)],
    ["an edited manifest", "manifest.json", (f) => edit(f, "manifest.json", (m) => ({ ...m, logs: {} }))],
    [
      "a head that is not listed",
      HEAD,
      (f) => reseal(f, ({ heads, ...rest }) => ({ ...rest, heads: without(heads, HEAD) })),
    ],
    [
      "a log that is not listed",
      "context/log.ndjson",
      (f) => reseal(f, ({ logs, ...rest }) => ({ ...rest, logs: without(logs, "context/log.ndjson") })),
    ],
    [
      "a head when the manifest and all logs are lost",
      HEAD,
      (f) => {
        for (const path of ["manifest.json", ...LOGS]) f.remove(path);
      },
    ],
  ];
  const cases = planted.flatMap(([what, file, plant]) =>
    WRITERS.map(([writer, go]) => [what, writer, file, plant, go] as const),
  );
  it.each(cases)("refuses %s before it puts %s, and writes nothing", (_, __, file, plant, go) => {
    const files = ledger();
    plant(files);
    const before = new Map(files.content);
    const problems = checkFiles(files).problems;
    expect(problems.length).toBeGreaterThan(0);
    expect(refusal(() => go(files))).toBe(`8 not-as-listed ${file}`);
    expect(files.content).toEqual(before);
    expect(checkFiles(files).problems).toEqual(problems);
  });

  it("refuses to replace or to drop a listed file that is not as its log says", () => {
    for (const damage of [
      (f: LedgerFiles, p: string) => write(f, p, "{}\n"),
      (f: LedgerFiles, p: string) => f.remove(p),
    ]) {
      for (const drop of [false, true]) {
        const files = ledger();
        const [entry] = readLog(files, "checks");
        const path = entry?.path ?? "";
        damage(files, path);
        const writer = openWriter(files);
        if (drop) writer.drop("checks", path.slice("checks/".length));
        else writer.put("checks", path.slice("checks/".length), { note: "composed" });
        expect(refusal(() => writer.commit())).toBe(`8 not-as-listed ${path}`);
      }
    }
  });

  it("says where to look", () => {
    const files = ledger();
    loseLast(files, "deliveries/log.ndjson");
    expect(() => appendDay(files, NEXT)).toThrow(/ofac-ledger verify.*git/);
  });

  it("goes on from a whole ledger, and after a crash at any effect", () => {
    const whole = ledger();
    const counter = crashingFiles(memoryFiles(new Map(whole.content)), undefined);
    appendDay(counter, NEXT);
    const expected = memoryFiles(new Map(whole.content));
    appendDay(expected, NEXT);
    const note = (files: LedgerFiles) => WRITERS[2]?.[1](files);
    for (const point of crashPoints(counter.effects())) {
      const files = memoryFiles(new Map(whole.content));
      expect(() => appendDay(crashingFiles(files, point), NEXT)).toThrow(Crash);
      // The next writer may be one that nobody made clear up first.
      note(files);
      expect(checkFiles(files).problems).toEqual([]);
      const records = readHead(files, { list: "sdn", segment: "live" })?.records;
      if (records === 3) appendDay(files, NEXT);
      expect(readHead(files, { list: "sdn", segment: "live" })).toEqual(
        readHead(expected, { list: "sdn", segment: "live" }),
      );
    }
  });

  it("goes on from what another one committed since it began, and loses none of it", () => {
    const files = ledger();
    const [one, two] = [openWriter(files), openWriter(files)];
    one.put("deliveries", "2023/one.json", { note: "composed" });
    two.put("deliveries", "2023/two.json", { note: "composed" });
    two.put("checks", "2023/two.json", { note: "composed" });
    one.commit();
    two.commit();
    expect(checkFiles(files).problems).toEqual([]);
    const paths = readLog(files, "deliveries").map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["deliveries/2023/one.json", "deliveries/2023/two.json"]));
  });
});

describe("a ledger of a major version that is not known", () => {
  const later = (files: LedgerFiles) => reseal(files, (content) => ({ ...content, formatVersion: "2.0" }));
  const uses: readonly (readonly [string, (files: LedgerFiles) => void])[] = [
    ...WRITERS,
    ["a list of segments", (files) => void listSegments(files)],
    ["a head", (files) => void readHead(files, { list: "sdn", segment: "live" })],
    ["a log", (files) => void readLog(files, "deliveries")],
  ];
  it.each(uses)("is refused before it is used for %s, and left as it is", (_, use) => {
    const files = ledger();
    later(files);
    const before = new Map(files.content);
    expect(refusal(() => use(files))).toBe("2 unknown-format manifest.json");
    expect(files.content).toEqual(before);
  });

  it("is refused by a head of its own, too", () => {
    const files = ledger();
    edit(files, HEAD, (head) => ({ ...head, formatVersion: "10.3" }));
    expect(() => readHead(files, { list: "sdn", segment: "live" })).toThrow(
      /expected formatVersion 1\.x, found 10\.3/,
    );
  });

  it("is all that is said of it", () => {
    const files = ledger();
    later(files);
    files.remove(HEAD);
    const { segments, problems } = checkFiles(files);
    expect([segments, problems.map(({ file, code }) => `${code} ${file}`)]).toEqual([
      [],
      ["unknown-format manifest.json"],
    ]);
  });

  it("is not one of a later minor version", () => {
    const files = ledger();
    reseal(files, (content) => ({ ...content, formatVersion: "1.7" }));
    expect(listSegments(files)).toHaveLength(2);
    expect(checkFiles(files).problems).toEqual([]);
  });
});

describe("a manifest that is none", () => {
  it.each([
    ["garbage", "garbage", "not-json"],
    ["half of one", '{"formatVersion":"1.0","heads":{', "not-json"],
    ["null", "null\n", "not-a-manifest"],
    ["a list", "[]\n", "not-a-manifest"],
    ["an empty object", "{}\n", "not-a-manifest"],
    [
      "one with numbers for hashes",
      '{"formatVersion":"1.0","heads":{"a":1},"logs":{},"seal":""}\n',
      "not-a-manifest",
    ],
  ])("is refused with one clear error: %s", (_, content, code) => {
    for (const [, go] of WRITERS) {
      const files = ledger();
      write(files, "manifest.json", content);
      const before = new Map(files.content);
      expect(refusal(() => go(files))).toMatch(new RegExp(`^8 ${code} manifest\\.json$`));
      expect(files.content).toEqual(before);
      expect(refusal(() => listSegments(files))).toBe(`8 ${code} manifest.json`);
      expect(checkFiles(files).problems.map(({ file }) => file)).toEqual(["manifest.json"]);
    }
  });
});

function without(members: unknown, name: string): object {
  const { [name]: _, ...others } = parseFile<Record<string, unknown>>("x", jsonBytes(members));
  return others;
}
