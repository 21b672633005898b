import { describe, expect, test } from "vitest";
import type { ListId, Profile } from "../../src/domain/index.ts";
import {
  DEFAULT_SOURCE_SETTINGS,
  fetchList,
  peekList,
  type SourceSettings,
  sourceFiles,
  unpack,
} from "../../src/sources/index.ts";
import { bench, failure, LIST_XML } from "./kit.ts";

const CSV = {
  "SDN.CSV": "1,A\r\n",
  "ADD.CSV": "1,1,B\r\n",
  "ALT.CSV": "1,2,C\r\n",
  "SDN_COMMENTS.CSV": "1,D\r\n",
};

describe("the catalog", () => {
  const service = "https://sanctionslistservice.ofac.treas.gov";
  const old = "https://www.treasury.gov/ofac/downloads";

  test("names OFAC's official routes in order", () => {
    expect(sourceFiles("sdn", "legacy", DEFAULT_SOURCE_SETTINGS)).toEqual([
      {
        file: "SDN.XML",
        routes: [
          `${service}/api/PublicationPreview/exports/SDN.XML`,
          `${service}/api/download/SDN.XML`,
          `${old}/sdn.xml`,
        ],
      },
    ]);
    expect(sourceFiles("consolidated", "legacy", DEFAULT_SOURCE_SETTINGS)[0]?.routes[2]).toBe(
      `${old}/consolidated/consolidated.xml`,
    );
  });

  test.each<[ListId, Profile, string[]]>([
    ["sdn", "enhanced", ["SDN_ENHANCED.ZIP"]],
    ["consolidated", "enhanced", ["CONS_ENHANCED.ZIP"]],
    ["consolidated", "legacy", ["CONSOLIDATED.XML"]],
    ["sdn", "csv", ["SDN.CSV"]],
    ["consolidated", "csv", ["CONS_PRIM.CSV"]],
    ["sdn", "csv-set", ["SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"]],
    ["consolidated", "csv-set", ["CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"]],
  ])("knows the files of %s, %s", (list, profile, files) => {
    expect(sourceFiles(list, profile, DEFAULT_SOURCE_SETTINGS).map((one) => one.file)).toEqual(files);
  });

  test("every address is made of the settings", () => {
    const settings: SourceSettings = {
      ...DEFAULT_SOURCE_SETTINGS,
      serviceBase: "https://mirror.example/ofac/",
      servicePaths: ["/files/{file}?v=1"],
      treasuryBase: null,
    };
    expect(sourceFiles("sdn", "legacy", settings)[0]?.routes).toEqual([
      "https://mirror.example/ofac/files/SDN.XML?v=1",
    ]);
  });

  test("a profile without files is a matter of the settings: exit 2", () => {
    const none = { enhanced: [], legacy: [], csv: [], "csv-set": [] };
    const settings = { ...DEFAULT_SOURCE_SETTINGS, files: { sdn: none, consolidated: none } };
    expect(() => sourceFiles("sdn", "legacy", settings)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe("a list", () => {
  test("is fetched by the first route that gives it", async () => {
    const { ofac, fetcher, settings } = await bench();
    const look = await fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings);
    expect(look).toMatchObject({ kind: "documents", documents: [{ name: "SDN.XML" }] });
    expect(ofac.requests).toHaveLength(2);
  });

  test("zipped or not is all the same after unpacking", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: { "SDN_ENHANCED.XML": LIST_XML } });
    const look = await fetchList({ list: "sdn", profile: "enhanced" }, fetcher, settings);
    if (look.kind !== "documents" || look.documents[0] === undefined) throw new Error("expected a document");
    expect(look.documents[0].name).toBe("SDN_ENHANCED.ZIP");
    expect(Buffer.from(await unpack(look.documents[0], settings)).toString()).toBe(LIST_XML);
  });

  test("goes on to the next route when one is blocked", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.misbehave({ kind: "blocked", on: "/exports/" });
    const look = await fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings);
    expect(look).toMatchObject({
      documents: [{ receipt: { url: `${ofac.urls.service}/api/download/SDN.XML` } }],
    });
  });

  test("takes the old address as the last resort, and follows it over both its hops", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.misbehave({ kind: "blocked", on: "/exports/", times: 1 });
    ofac.misbehave({ kind: "blocked", on: "/download/", times: 1 });
    const look = await fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings);
    expect(look).toMatchObject({
      documents: [
        {
          name: "SDN.XML",
          receipt: { url: `${ofac.urls.site}/ofac/downloads/sdn.xml`, publicationId: "700" },
        },
      ],
    });
    expect(ofac.requests.map((r) => r.place)).toEqual(["service", "service", "site", "service", "store"]);
  });

  test("does not press a second path of a host that is down, but asks the other host", async () => {
    const { ofac, fetcher, settings } = await bench({ attempts: 1, attemptTimeoutMs: 80 });
    ofac.misbehave({ kind: "silent", at: ["service"] });
    const { error } = await failure(fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings));
    expect(error).toMatchObject({ code: "timeout", exitCode: 3 });
    expect(ofac.requests.map((r) => r.path)).toEqual([
      "/api/PublicationPreview/exports/SDN.XML",
      "/ofac/downloads/sdn.xml",
      "/api/PublicationPreview/exports/SDN.XML",
    ]);
  });

  test("when every route fails, the first failure speaks and the others are named", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.misbehave({ kind: "blocked" });
    const { error } = await failure(fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings));
    expect(error).toMatchObject({ code: "blocked", exitCode: 3, facts: { status: 403 } });
    expect(error.message).toMatch(/Other routes: .* blocked, .* blocked/);
    expect(ofac.requests).toHaveLength(3);
  });

  test("a name OFAC does not have ends as empty content", async () => {
    const { fetcher, settings } = await bench();
    const { error } = await failure(
      fetchList({ list: "consolidated", profile: "legacy" }, fetcher, settings),
    );
    expect(error).toMatchObject({ code: "empty", exitCode: 4 });
  });

  test("what is too large is not asked for elsewhere", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.misbehave({ kind: "endless", promise: 5_000_000_000 });
    const { error } = await failure(fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings));
    expect(error).toMatchObject({ code: "too-large", exitCode: 4 });
    expect(ofac.requests).toHaveLength(2);
  });

  test("not modified since the receipts at hand", async () => {
    const { ofac, fetcher, settings } = await bench();
    const first = await fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings);
    if (first.kind !== "documents") throw new Error("expected documents");
    const previous = first.documents.map((document) => document.receipt);
    const again = await fetchList({ list: "sdn", profile: "legacy", previous }, fetcher, settings);
    expect(again).toEqual({ kind: "not-modified", receipts: previous.map((r) => ({ ...r, status: 304 })) });
    expect(await peekList({ list: "sdn", profile: "legacy", previous }, 64, fetcher, settings)).toBe(
      "not-modified",
    );
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: { "SDN.XML": `${LIST_XML} ` } });
    expect(await peekList({ list: "sdn", profile: "legacy", previous }, 64, fetcher, settings)).toMatchObject(
      {
        seen: { publicationId: "701" },
      },
    );
  });

  test("tells the progress of each file", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: CSV });
    const seen = new Set<string>();
    await fetchList(
      { list: "sdn", profile: "csv-set", onProgress: (file) => seen.add(file) },
      fetcher,
      settings,
    );
    expect([...seen]).toEqual(Object.keys(CSV));
  });
});

describe("a list of several files", () => {
  const request = { list: "sdn", profile: "csv-set" } as const;

  test("comes whole even when only one of them changed", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: CSV });
    const first = await fetchList(request, fetcher, settings);
    if (first.kind !== "documents") throw new Error("expected documents");
    ofac.publish({ id: 702, at: "2023-05-25T14:00:00Z", files: { "ADD.CSV": "1,1,E\r\n" } });
    const previous = first.documents.map((document) => document.receipt);
    const second = await fetchList({ ...request, previous }, fetcher, settings);
    if (second.kind !== "documents") throw new Error("expected documents");
    expect(second.documents.map((d) => [d.name, d.receipt.publicationId])).toEqual(
      Object.keys(CSV).map((name) => [name, "702"]),
    );
  });

  test("is fetched again when OFAC publishes in between", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: CSV });
    let published = false;
    const onProgress = (file: string) => {
      if (file !== "ALT.CSV" || published) return;
      published = true;
      ofac.publish({ id: 702, at: "2023-05-24T18:00:00Z", files: { "SDN.CSV": "1,Z\r\n" } });
    };
    const look = await fetchList({ ...request, onProgress }, fetcher, settings);
    if (look.kind !== "documents") throw new Error("expected documents");
    expect(new Set(look.documents.map((d) => d.receipt.publicationId))).toEqual(new Set(["702"]));
    expect(Buffer.from(look.documents[0]?.bytes ?? []).toString()).toBe("1,Z\r\n");
  });

  test("is not made of files that say their publication and one that does not", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: CSV });
    // As when a file is had by another route than the rest: the first route has it again for the second attempt.
    ofac.misbehave({ kind: "unnumbered", on: "ADD.CSV", times: 1 });
    const look = await fetchList(request, fetcher, settings);
    if (look.kind !== "documents") throw new Error("expected documents");
    expect(look.documents.map((d) => d.receipt.publicationId)).toEqual(["701", "701", "701", "701"]);
    ofac.misbehave({ kind: "unnumbered", on: "ADD.CSV" });
    const { error } = await failure(fetchList(request, fetcher, settings));
    expect(error).toMatchObject({ code: "mixed-publication" });
  });

  test("comes by one route where only that has every file of one publication", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: CSV });
    const [first, second = ""] = settings.servicePaths;
    ofac.misbehave({ kind: "status", status: 404, on: "exports/ADD.CSV" });
    ofac.misbehave({ kind: "unnumbered", on: "ADD.CSV", times: 2 });
    const look = await fetchList(request, fetcher, { ...settings, servicePaths: [first ?? "", second] });
    if (look.kind !== "documents") throw new Error("expected documents");
    expect(look.documents.every((d) => d.receipt.url.includes("/api/download/"))).toBe(true);
  });

  test("is given up when OFAC does not stop publishing", async () => {
    const { ofac, fetcher, settings } = await bench();
    let id = 701;
    ofac.publish({ id, at: "2023-05-24T14:00:00Z", files: CSV });
    const onProgress = () => ofac.publish({ id: ++id, at: "2023-05-24T18:00:00Z", files: {} });
    const { error } = await failure(fetchList({ ...request, onProgress }, fetcher, settings));
    expect(error).toMatchObject({ code: "mixed-publication", exitCode: 3 });
  });
});
