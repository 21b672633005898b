import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ContentError, SourceError } from "../../src/domain/index.ts";
import { DEFAULT_SOURCE_SETTINGS, FetchError } from "../../src/sources/index.ts";
import { bench, closing, failure, fetching, LIST_XML, NOW, PUBLICATION, QUICK } from "./kit.ts";

const hex = (text: string) => createHash("sha256").update(text).digest("hex");

async function document(promise: ReturnType<Awaited<ReturnType<typeof bench>>["fetcher"]["fetch"]>) {
  const result = await promise;
  if (result.kind !== "document") throw new Error("expected a document");
  return result.document;
}

/** A server of one's own, for answers OFAC's stand-in never gives. */
async function serving(handler: Parameters<typeof createServer>[1]) {
  const server = createServer(handler as Exclude<typeof handler, undefined>);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing({
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
  const settings = { ...DEFAULT_SOURCE_SETTINGS, ...QUICK, serviceBase: origin };
  return { origin, ...fetching(settings) };
}

describe("a document", () => {
  test("comes through the redirect with a full receipt and no query string", async () => {
    const { fetcher, ofac, exports } = await bench();
    const found = await document(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(Buffer.from(found.bytes).toString()).toBe(LIST_XML);
    expect(found).toMatchObject({
      name: "SDN.XML",
      provenance: "composed",
      sha256: `sha256:${hex(LIST_XML)}`,
    });
    expect(found.receipt).toEqual({
      url: exports("SDN.XML"),
      finalHost: new URL(ofac.urls.store).host,
      status: 200,
      bytes: LIST_XML.length,
      sha256: `sha256:${hex(LIST_XML)}`,
      etag: `"${createHash("md5").update(LIST_XML).digest("hex")}"`,
      lastModified: "Tue, 23 May 2023 14:01:44 GMT",
      publicationId: "700",
      previewDate: "5/22/2023 2:01:44 PM",
      deltaName: "2023-05-23_delta.xml",
      at: NOW,
    });
    expect(ofac.requests.map((r) => r.place)).toEqual(["service", "store"]);
    expect(ofac.requests[1]?.query).toContain("X-Amz-Signature");
    expect(JSON.stringify(found.receipt)).not.toMatch(/[?]|X-Amz/);
  });

  test("is asked for with a User-Agent that names a contact, on every hop", async () => {
    const { fetcher, ofac, exports } = await bench();
    await fetcher.fetch({ url: exports("SDN.XML") });
    for (const request of ofac.requests)
      expect(request.headers["user-agent"]).toMatch(/ofac-ledger\/.*\+https:\/\//);
  });

  test("an empty User-Agent is refused by OFAC, and that is said as what it is", async () => {
    const { fetcher, exports } = await bench({ userAgent: "" });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "blocked", exitCode: 3 });
  });

  test("a query in the asked address stays out of the receipt", async () => {
    const { fetcher, ofac } = await bench();
    ofac.announce({
      notices: [{ slug: "20230523", title: "T", date: "2023-05-23", category: "miscellaneous", body: "" }],
    });
    const found = await document(
      fetcher.fetch({ url: `${ofac.urls.site}/recent-actions?page=0&token=secret` }),
    );
    expect(found.receipt.url).toBe(`${ofac.urls.site}/recent-actions`);
    expect(found.name).toBe("recent-actions");
  });

  test("reports progress up to the whole", async () => {
    const { fetcher, exports } = await bench();
    const seen: [number, number | null][] = [];
    await fetcher.fetch({ url: exports("SDN.XML"), onProgress: (bytes, total) => seen.push([bytes, total]) });
    expect(seen.at(-1)).toEqual([LIST_XML.length, LIST_XML.length]);
  });

  test("without Content-Length is read to its end", async () => {
    const text = "composed ".repeat(40_000);
    const { origin, fetcher } = await serving((_, response) => {
      for (let at = 0; at < text.length; at += 50_000) response.write(text.slice(at, at + 50_000));
      response.end();
    });
    const seen: (number | null)[] = [];
    const found = await document(
      fetcher.fetch({ url: `${origin}/x`, onProgress: (_, total) => seen.push(total) }),
    );
    expect(found.sha256).toBe(`sha256:${hex(text)}`);
    expect(found.bytes.byteLength).toBe(text.length);
    expect(new Set(seen)).toEqual(new Set([null]));
  });

  test("that a server gzips unasked is unpacked, and hashed as the file it is", async () => {
    const { origin, fetcher } = await serving((request, response) => {
      expect(request.headers["accept-encoding"]).toBe("identity");
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(LIST_XML));
    });
    const found = await document(fetcher.fetch({ url: `${origin}/SDN.XML` }));
    expect(found.receipt).toMatchObject({ sha256: `sha256:${hex(LIST_XML)}`, bytes: LIST_XML.length });
  });

  test("in a coding nobody asked for is refused", async () => {
    const { origin, fetcher } = await serving((_, response) => {
      response.writeHead(200, { "content-encoding": "br" }).end("x");
    });
    const { error } = await failure(fetcher.fetch({ url: `${origin}/SDN.XML` }));
    expect(error).toMatchObject({ code: "content-encoding", exitCode: 4 });
  });

  test("from a host that is not OFAC's is never called official", async () => {
    const { origin, fetcher } = await serving((_, response) => response.end("x"));
    const found = await document(fetcher.fetch({ url: `${origin}/x`, provenance: "official delta" }));
    expect(found.provenance).toBe("third-party capture");
  });

  test("only one is asked for at a time, with a pause between two", async () => {
    let open = 0;
    let most = 0;
    const own = await serving((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end("x");
      }, 10);
    });
    const { fetcher, waits } = fetching({ ...own.settings, gapMs: 77 });
    await Promise.all([1, 2, 3].map((n) => fetcher.fetch({ url: `${own.origin}/${n}` })));
    expect(most).toBe(1);
    expect(waits).toEqual([77, 77]);
  });
});

describe("a conditional request", () => {
  test("carries its validators over the redirect and is answered without bytes", async () => {
    const { fetcher, ofac, exports } = await bench();
    const first = await document(fetcher.fetch({ url: exports("SDN.XML") }));
    const again = await fetcher.fetch({ url: exports("SDN.XML"), previous: first.receipt });
    expect(again).toEqual({ kind: "not-modified", receipt: { ...first.receipt, status: 304 } });
    const last = ofac.requests.at(-1);
    expect(last).toMatchObject({ place: "store" });
    expect(last?.headers).toMatchObject({
      "if-none-match": first.receipt.etag,
      "if-modified-since": first.receipt.lastModified,
    });
  });

  test("brings the new document once there is one", async () => {
    const { fetcher, ofac, exports } = await bench();
    const first = await document(fetcher.fetch({ url: exports("SDN.XML") }));
    ofac.publish({
      id: 701,
      at: "2023-05-24T14:00:00Z",
      files: { "SDN.XML": LIST_XML.replace("COMPOSED", "OTHER") },
    });
    const again = await document(fetcher.fetch({ url: exports("SDN.XML"), previous: first.receipt }));
    expect(again.receipt).toMatchObject({ publicationId: "701", status: 200 });
    expect(again.sha256).not.toBe(first.sha256);
  });

  test("a 304 nobody asked for is no document", async () => {
    const { origin, fetcher } = await serving((_, response) => response.writeHead(304).end());
    const { error } = await failure(fetcher.fetch({ url: `${origin}/x` }));
    expect(error).toMatchObject({ code: "http-status", exitCode: 3 });
  });
});

describe("a peek", () => {
  test("takes the first bytes and the headers of the whole", async () => {
    const { fetcher, ofac, exports } = await bench();
    const peek = await fetcher.peek({ url: exports("SDN.XML") }, 64);
    if (peek === "not-modified") throw new Error("expected bytes");
    expect(Buffer.from(peek.beginning).toString()).toBe(LIST_XML.slice(0, 64));
    expect(peek.total).toBe(LIST_XML.length);
    expect(peek.seen).toMatchObject({ status: 206, publicationId: "700" });
    expect(ofac.requests.at(-1)?.headers.range).toBe("bytes=0-63");
  });

  test("of a server that ignores ranges ends the download early", async () => {
    let sent = 0;
    const { origin, fetcher } = await serving((_, response) => {
      const chunk = Buffer.alloc(65_536, "x");
      response.writeHead(200, { "content-length": "5000000000" });
      const pour = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.byteLength;
      };
      response.on("drain", pour);
      pour();
    });
    const peek = await fetcher.peek({ url: `${origin}/SDN.XML` }, 1024);
    if (peek === "not-modified") throw new Error("expected bytes");
    expect(peek.beginning.byteLength).toBe(1024);
    expect(peek.total).toBe(5_000_000_000);
    expect(sent).toBeLessThan(50_000_000);
  });

  test("of something unchanged says so", async () => {
    const { fetcher, exports } = await bench();
    const first = await document(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(await fetcher.peek({ url: exports("SDN.XML"), previous: first.receipt }, 64)).toBe("not-modified");
  });
});

describe("redirects", () => {
  test("to a host that is not expected are refused, and the target's query is in no error", async () => {
    const { fetcher, ofac, exports } = await bench();
    ofac.misbehave({ kind: "foreign-redirect", to: "https://files.example.com/x?X-Amz-Signature=feed" });
    const { error, text } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ code: "redirect-refused", exitCode: 3 });
    expect(error.message).toContain("files.example.com");
    expect(text).not.toMatch(/feed|X-Amz/);
  });

  test.each([
    ["another scheme", "file:///etc/passwd"],
    ["credentials", "http://user:secret@127.0.0.1/x"],
    ["something that is no address", "http://[half"],
  ])("to %s are refused", async (_, to) => {
    const { fetcher, ofac, exports } = await bench();
    ofac.misbehave({ kind: "foreign-redirect", to });
    const { error, text } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toBeInstanceOf(SourceError);
    expect(text).not.toMatch(/secret|passwd|\[half/);
  });

  test("an address outside the settings is refused before it is asked", async () => {
    const { fetcher } = await bench();
    const { error } = await failure(fetcher.fetch({ url: "https://example.com/SDN.XML" }));
    expect(error).toMatchObject({ code: "host-refused", exitCode: 3 });
  });

  test("plain http is refused where the settings do not name it", async () => {
    const { fetcher } = await bench({ allowedHosts: [".treasury.gov"] });
    const { error } = await failure(fetcher.fetch({ url: "http://www.treasury.gov/ofac/downloads/sdn.xml" }));
    expect(error).toMatchObject({ code: "host-refused" });
    expect(error.message).toContain("https");
  });

  test("in a loop end at once, unrepeated", async () => {
    const { fetcher, ofac, exports, waits } = await bench();
    ofac.misbehave({ kind: "redirect-loop" });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "redirect-loop", exitCode: 3 });
    expect(ofac.requests).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  test("that never repeat but never end are a loop too", async () => {
    let count = 0;
    const own = await serving((_, response) => response.writeHead(302, { location: `/${++count}` }).end());
    const { error } = await failure(own.fetcher.fetch({ url: `${own.origin}/0` }));
    expect(error).toMatchObject({ code: "redirect-loop" });
    expect(count).toBe(own.settings.maxRedirects + 1);
  });
});

describe("trouble on the way", () => {
  test("a host that is not there: exit 3, the host's name, growing waits", async () => {
    const { fetcher, waits, ofac } = await bench({ attempts: 4, backoffMs: 100, backoffCapMs: 300 });
    const host = new URL(ofac.urls.service).host;
    await ofac.close();
    const { error } = await failure(fetcher.fetch({ url: `${ofac.urls.service}/SDN.XML?key=secret` }));
    expect(error).toBeInstanceOf(FetchError);
    expect(error).toMatchObject({ code: "unreachable", exitCode: 3 });
    expect(error.message).toContain(host);
    expect(error.message).toContain("4 attempts");
    expect(error.message).not.toContain("secret");
    expect(waits).toEqual([100, 200, 300]);
  });

  test("a name that does not resolve", async () => {
    const { fetcher } = fetching({
      ...DEFAULT_SOURCE_SETTINGS,
      ...QUICK,
      attempts: 1,
      serviceBase: "https://list-service.invalid",
    });
    const { error } = await failure(fetcher.fetch({ url: "https://list-service.invalid/SDN.XML" }));
    expect(error).toMatchObject({ code: "unreachable", exitCode: 3 });
    expect(error.message).toContain("list-service.invalid");
  });

  test("a server error that passes is outlasted, and each wait is told", async () => {
    const { fetcher, ofac, exports, waits } = await bench({ backoffMs: 10 });
    ofac.misbehave({ kind: "status", status: 503, times: 2 });
    const told: string[] = [];
    const found = await document(
      fetcher.fetch({
        url: exports("SDN.XML"),
        onRetry: (retry) => told.push(`${retry.name} ${retry.waitMs}`),
      }),
    );
    expect(found.bytes.byteLength).toBe(LIST_XML.length);
    expect(waits).toEqual([10, 20]);
    expect(told).toEqual(["SDN.XML 10", "SDN.XML 20"]);
  });

  test("a server error that lasts", async () => {
    const { fetcher, ofac, exports } = await bench({ attempts: 3 });
    ofac.misbehave({ kind: "status", status: 500 });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "http-status", exitCode: 3, facts: { status: 500 } });
    expect(ofac.requests).toHaveLength(3);
  });

  test("a missing page is not asked for twice", async () => {
    const { fetcher, ofac } = await bench();
    const { error } = await failure(fetcher.fetch({ url: `${ofac.urls.service}/changes/1` }));
    expect(error).toMatchObject({ code: "http-status", facts: { status: 404 } });
    expect(ofac.requests).toHaveLength(1);
  });

  test("a refusal is not pressed", async () => {
    const { fetcher, ofac, exports, waits } = await bench();
    ofac.misbehave({ kind: "blocked" });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "blocked", exitCode: 3, facts: { status: 403 } });
    expect(ofac.requests).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  test("Retry-After in seconds and as a date is waited for", async () => {
    const { fetcher, ofac, exports, waits } = await bench({ backoffMs: 10, retryAfterCapMs: 60_000 });
    ofac.misbehave({ kind: "status", status: 429, retryAfter: "7", times: 1 });
    ofac.misbehave({ kind: "status", status: 503, retryAfter: "Tue, 23 May 2023 15:00:30 GMT", times: 1 });
    await document(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(waits).toEqual([7_000, 30_000]);
  });

  test("a Retry-After beyond a look's patience ends it, and is remembered", async () => {
    const { fetcher, ofac, exports, waits } = await bench({ retryAfterCapMs: 60_000 });
    ofac.misbehave({ kind: "status", status: 429, retryAfter: "3600" });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "throttled", exitCode: 3, facts: { retryAfterMs: 3_600_000 } });
    expect(waits).toEqual([]);
    expect(ofac.requests).toHaveLength(1);
  });

  test("a cut connection is noticed and repeated", async () => {
    const { fetcher, ofac, exports, waits } = await bench({ backoffMs: 10 });
    ofac.misbehave({ kind: "cut", afterBytes: 100, times: 1 });
    const found = await document(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(found.sha256).toBe(`sha256:${hex(LIST_XML)}`);
    expect(waits).toEqual([10]);
  });

  test("a connection that is cut every time is no document, and the store's host is named", async () => {
    const { fetcher, ofac, exports } = await bench();
    ofac.misbehave({ kind: "cut", afterBytes: 100 });
    const { error, text } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "cut", exitCode: 3, facts: { host: new URL(ofac.urls.store).host } });
    expect(text).not.toMatch(/X-Amz/);
  });

  test("an expired link is replaced by a fresh one", async () => {
    const { fetcher, ofac, exports } = await bench();
    ofac.misbehave({ kind: "expired-link", times: 1 });
    await document(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(ofac.requests.map((r) => r.place)).toEqual(["service", "store", "service", "store"]);
  });

  test("links that are always expired", async () => {
    const { fetcher, ofac, exports } = await bench({ attempts: 2 });
    ofac.misbehave({ kind: "expired-link" });
    const { error, text } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "link-expired", exitCode: 3 });
    expect(text).not.toMatch(/X-Amz/);
  });

  test("a server that never answers", async () => {
    const { fetcher, ofac, exports } = await bench({ attempts: 1, headersTimeoutMs: 100 });
    ofac.misbehave({ kind: "silent" });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "timeout", exitCode: 3 });
  });

  test("a body that stops", async () => {
    const { fetcher, ofac, exports } = await bench({ attempts: 1, bodyTimeoutMs: 100 });
    ofac.misbehave({ kind: "slow", chunkBytes: 50, pauseMs: 5_000 });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "timeout" });
    expect(error.message).toContain("stopped");
  });

  test("a body that drips is not waited for for ever", async () => {
    const { fetcher, ofac, exports } = await bench({ attempts: 1, attemptTimeoutMs: 200 });
    ofac.misbehave({ kind: "slow", chunkBytes: 1, pauseMs: 20 });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toMatchObject({ code: "timeout" });
    expect(error.message).toContain("0.2 s");
  });

  test("a stop from outside ends the wait for an answer, unrepeated", async () => {
    const { ofac, settings, exports } = await bench();
    ofac.misbehave({ kind: "silent" });
    const stop = new AbortController();
    const { fetcher, waits } = fetching(settings, stop.signal);
    const failing = failure(fetcher.fetch({ url: exports("SDN.XML") }));
    stop.abort();
    expect((await failing).error).toMatchObject({ code: "stopped", exitCode: 3 });
    expect(waits).toEqual([]);
  });

  test("a host that speaks no TLS where it should", async () => {
    const own = await serving((_, response) => response.end("x"));
    const base = own.origin.replace("http:", "https:");
    const { fetcher, waits } = fetching({ ...own.settings, serviceBase: base });
    const { error } = await failure(fetcher.fetch({ url: `${base}/x` }));
    expect(error).toMatchObject({ code: "unreachable", exitCode: 3 });
    expect(error.message).toContain("secure");
    expect(waits).toEqual([]);
  });

  test("something that is not HTTP", async () => {
    const { origin, fetcher } = await serving((_, response) => response.socket?.end("220 mail ready\r\n"));
    const { error } = await failure(fetcher.fetch({ url: `${origin}/x` }));
    expect(error).toMatchObject({ code: "bad-answer", exitCode: 3 });
  });
});

describe("what is too much or too little", () => {
  test("a promise of 5 GB is turned down before the first byte", async () => {
    const { fetcher, ofac, exports } = await bench();
    ofac.misbehave({ kind: "endless", promise: 5_000_000_000 });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(error).toBeInstanceOf(ContentError);
    expect(error).toMatchObject({ code: "too-large", exitCode: 4 });
    expect(error.message).toContain("5000000000");
  });

  test("a body without end is cut off at the cap", async () => {
    const { fetcher, ofac, exports, waits } = await bench({ maxDocumentBytes: 1_000_000 });
    ofac.misbehave({ kind: "endless" });
    let most = 0;
    const { error } = await failure(
      fetcher.fetch({ url: exports("SDN.XML"), onProgress: (bytes) => (most = Math.max(most, bytes)) }),
    );
    expect(error).toMatchObject({ code: "too-large", exitCode: 4 });
    expect(most).toBeLessThanOrEqual(1_000_000);
    expect(waits).toEqual([]);
  });

  test("pages have a smaller cap", async () => {
    const { fetcher, exports } = await bench({ maxPageBytes: 100 });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML"), size: "page" }));
    expect(error).toMatchObject({ code: "too-large" });
  });

  test("success with nothing in it, as OFAC answers for a name it does not have", async () => {
    const { fetcher, exports, waits } = await bench();
    const { error } = await failure(fetcher.fetch({ url: exports("CONS_ADV.XML") }));
    expect(error).toBeInstanceOf(ContentError);
    expect(error).toMatchObject({ code: "empty", exitCode: 4 });
    expect(error.message).toContain("CONS_ADV.XML");
    expect(waits).toEqual([]);
  });

  test("a size of exactly the cap is fine", async () => {
    const { fetcher, exports } = await bench({ maxDocumentBytes: LIST_XML.length });
    expect((await document(fetcher.fetch({ url: exports("SDN.XML") }))).receipt.publicationId).toBe(
      String(PUBLICATION.id),
    );
  });
});
