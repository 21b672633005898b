import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { describe, expect, test } from "vitest";
import { createPublicApi, fetchList, unpack } from "../../src/sources/index.ts";
import { shuffleIds } from "../support/ofac-stand-in/composed.ts";
import { startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { bench, closing, failure, LIST_XML, NOW, PUBLICATION } from "./kit.ts";

const UA = { "user-agent": "composed test" };

async function get(url: string, headers: Record<string, string> = UA, method: "GET" | "HEAD" = "GET") {
  const answer = await request(url, { headers, method });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}

async function standIn(now = () => Date.parse(NOW)) {
  const ofac = closing(await startOfacStandIn({ now }));
  ofac.publish(PUBLICATION);
  const link = async (file = "SDN.XML") =>
    String((await get(`${ofac.urls.service}/api/PublicationPreview/exports/${file}`)).headers["location"]);
  return { ofac, link };
}

describe("the stand-in behaves as OFAC does", () => {
  test("files are redirects to presigned links on another port, whatever the case of the path", async () => {
    const { ofac } = await standIn();
    for (const path of [
      "api/PublicationPreview/exports/SDN.XML",
      "api/publicationpreview/exports/sdn.xml",
      "api/download/Sdn.Xml",
    ]) {
      const answer = await get(`${ofac.urls.service}/${path}`);
      expect(answer.status).toBe(302);
      expect(answer.headers["location"]).toMatch(
        new RegExp(
          `^${ofac.urls.store}/Published/[0-9a-f-]{36}/2023-05-23/[0-9a-f-]{36}/SDN.XML\\?X-Amz-.*X-Amz-Expires=3600`,
        ),
      );
    }
  });

  test("no User-Agent, no answer", async () => {
    const { ofac } = await standIn();
    expect((await get(`${ofac.urls.service}/alive`, {})).status).toBe(403);
    expect((await get(`${ofac.urls.site}/recent-actions`, {})).status).toBe(403);
    expect((await get(`${ofac.urls.service}/alive`)).status).toBe(200);
  });

  test("an unknown file name is success with nothing", async () => {
    const { ofac } = await standIn();
    const answer = await get(`${ofac.urls.service}/api/PublicationPreview/exports/CONS_ADV.XML`);
    expect([answer.status, answer.body]).toEqual([200, ""]);
  });

  test("links are for GET, for their own object, for an hour", async () => {
    let clock = Date.parse(NOW);
    const { link } = await standIn(() => clock);
    const url = await link();
    expect((await get(url)).body).toBe(LIST_XML);
    expect((await get(url, UA, "HEAD")).status).toBe(403);
    expect((await get(url.replace("/SDN.XML", "/SDN_XML.ZIP"))).status).toBe(403);
    clock += 3_599_000;
    expect((await get(url)).status).toBe(200);
    clock += 2_000;
    const late = await get(url);
    expect([late.status, late.body]).toEqual([403, expect.stringContaining("Request has expired")]);
    expect((await get(await link())).status).toBe(200);
  });

  test("conditions and ranges", async () => {
    const { link } = await standIn();
    const url = await link();
    const { headers } = await get(url);
    expect((await get(url, { ...UA, "if-none-match": String(headers["etag"]) })).status).toBe(304);
    expect((await get(url, { ...UA, "if-none-match": '"other"' })).status).toBe(200);
    expect((await get(url, { ...UA, "if-modified-since": String(headers["last-modified"]) })).status).toBe(
      304,
    );
    expect((await get(url, { ...UA, "if-modified-since": "Tue, 23 May 2023 14:01:43 GMT" })).status).toBe(
      200,
    );
    const part = await get(url, { ...UA, range: "bytes=5-9" });
    expect([part.status, part.body]).toEqual([206, LIST_XML.slice(5, 10)]);
    expect(part.headers["content-range"]).toBe(`bytes 5-9/${LIST_XML.length}`);
  });

  test("every publication exports every file again, with its own number", async () => {
    const { ofac, link } = await standIn();
    const before = await get(await link());
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: { "CONSOLIDATED.XML": "<a/>" } });
    const after = await get(await link());
    expect(after.body).toBe(before.body);
    expect(after.headers["x-amz-meta-publication-id"]).toBe("701");
    expect(after.headers["etag"]).toBe(before.headers["etag"]);
  });

  test("the old addresses lead to the same file in two hops", async () => {
    const { ofac } = await standIn();
    const first = await get(`${ofac.urls.site}/ofac/downloads/consolidated/sdn.xml`);
    expect(first.headers["location"]).toBe(`${ofac.urls.service}/api/PublicationPreview/exports/SDN.XML`);
  });

  test("history by day", async () => {
    const { ofac } = await standIn();
    const day = async (path: string) =>
      JSON.parse((await get(`${ofac.urls.service}/changes/history/${path}`)).body);
    expect(await day("2023/5/23")).toEqual([
      { publicationID: 700, datePublished: "2023-05-23T10:01:44.740051" },
    ]);
    expect(await day("2023/05/24")).toEqual([]);
  });
});

describe("the stand-in misbehaves on request", () => {
  test("shuffled ids: other bytes, the same content and length", async () => {
    const { ofac, link } = await standIn();
    ofac.misbehave({ kind: "shuffled-ids", seed: 1 });
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: {} });
    const { body } = await get(await link());
    expect(body).not.toBe(LIST_XML);
    expect(body.length).toBe(LIST_XML.length);
    expect([...body].sort().join("")).toBe([...LIST_XML].sort().join(""));
    expect(body.match(/<id>.*?<\/id>/g)?.sort()).toEqual(LIST_XML.match(/<id>.*?<\/id>/g)?.sort());
    for (let seed = 0; seed < 9; seed++) {
      expect(Buffer.from(shuffleIds(Buffer.from(LIST_XML), seed)).toString()).not.toBe(LIST_XML);
    }
  });

  test("so many times, at one path, until an instant, and no longer", async () => {
    let clock = Date.parse(NOW);
    const { ofac } = await standIn(() => clock);
    const alive = async () => (await get(`${ofac.urls.service}/alive`)).status;
    ofac.misbehave({ kind: "blocked", times: 1 });
    expect([await alive(), await alive()]).toEqual([403, 200]);
    ofac.misbehave({ kind: "status", status: 500, on: "/changes" });
    expect(await alive()).toBe(200);
    expect((await get(`${ofac.urls.service}/changes/latest`)).status).toBe(500);
    ofac.behave();
    ofac.misbehave({ kind: "blocked", until: "2023-05-30T15:00:00Z" });
    expect(await alive()).toBe(403);
    clock += 7 * 86_400_000;
    expect(await alive()).toBe(200);
  });

  test("HTML instead of a list, and half a list, come as if nothing were wrong", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.misbehave({ kind: "html", times: 1 });
    ofac.misbehave({ kind: "half", times: 1 });
    const texts: string[] = [];
    for (let i = 0; i < 3; i++) {
      const look = await fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings);
      if (look.kind !== "documents" || look.documents[0] === undefined)
        throw new Error("expected a document");
      texts.push(Buffer.from(look.documents[0].bytes).toString());
    }
    expect(texts[0]).toContain("<!DOCTYPE html>");
    expect(texts[1]).toBe(LIST_XML.slice(0, Math.floor(LIST_XML.length / 2)));
    expect(texts[2]).toBe(LIST_XML);
  });

  test("trouble with a delta leaves the lists alone, and the other way round", async () => {
    const { ofac, fetcher, settings } = await bench();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: {}, delta: "<composed/>" });
    ofac.misbehave({ kind: "blocked", on: "/changes/" });
    const api = createPublicApi(fetcher, settings);
    expect((await failure(api.delta(701))).error).toMatchObject({ code: "blocked" });
    expect(await fetchList({ list: "sdn", profile: "legacy" }, fetcher, settings)).toMatchObject({
      kind: "documents",
    });
    ofac.behave();
    ofac.misbehave({ kind: "blocked", on: "SDN.XML" });
    expect(await unpack(await api.delta(701), settings)).toEqual(Buffer.from("<composed/>"));
  });
});

test("the stand-in needs nothing but Node and its zip writer, so that the demo can run it compiled", async () => {
  const folder = fileURLToPath(new URL("../support/ofac-stand-in/", import.meta.url));
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) {
    const source = await readFile(`${folder}${name}`, "utf8");
    for (const [, from] of source.matchAll(/from "([^"]+)"/g)) expect(from).toMatch(/^(node:|fflate$|\.\/)/);
  }
});
