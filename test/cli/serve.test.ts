import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { rendererId } from "../../src/cli/package-root.ts";
import { pathOf } from "../../src/cli/preview.ts";
import { runCli } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-serve-"));
const site = join(folder, "public");
for (const [path, text] of [
  ["index.html", "<h1>front</h1>"],
  ["404.html", "<h1>missing</h1>"],
  [".build.json", "{}"],
  ["assets/site.js", "1"],
  ["feed.atom", "<feed/>"],
  ["feed.json", "{}"],
  ["api/v1/records/sdn-20230523.json", "{}"],
  ["api/v1/records/sdn-20230523.rescreen.json", "{}"],
  ["api/v1/records/sdn-20230523.wallets.json", "{}"],
  ["api/v1/records/consolidated-20230523.2-c1.json", "{}"],
  ["api/v1/conformance-kit.zip", "PK"],
  ["publications/sdn-20230523/index.html", "<h1>one</h1>"],
  ["../secret.txt", "secret"],
] as const) {
  mkdirSync(join(site, path, ".."), { recursive: true });
  writeFileSync(join(site, path), text);
}
symlinkSync(join(folder, "secret.txt"), join(site, "link.txt"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends the path as it is written: `fetch` would tidy it first. */
function ask(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers, method }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    })
      .on("error", reject)
      .end();
  });
}

/** Runs `serve` on a free port for as long as `use` takes, then asks it to stop. */
async function serving(use: (url: string) => Promise<void>): Promise<number | null> {
  let used: Promise<void> = Promise.resolve();
  const result = await runCli(["serve", "--out", site, "--port", "0"], {
    started: (child) => {
      let printed = "";
      child.stdout?.on("data", (text: string) => {
        printed += text;
        const url = /http:\/\/127\.0\.0\.1:\d+\//u.exec(printed)?.[0];
        if (url === undefined || !printed.endsWith("\n")) return;
        used = use(url).finally(() => child.kill("SIGTERM"));
        used.catch(() => undefined);
        printed = "";
      });
    },
  });
  await used;
  return result.code;
}

describe("serve", () => {
  it("answers with right types, caching and tags, keeps inside the folder, and stops when asked", async () => {
    const code = await serving(async (url) => {
      const type = async (path: string) => (await ask(url, path)).headers["content-type"];
      expect(await type("/")).toBe("text/html; charset=utf-8");
      expect(await type("/assets/site.js")).toBe("text/javascript; charset=utf-8");
      expect(await type("/feed.atom")).toBe("application/atom+xml; charset=utf-8");
      expect(await type("/feed.json")).toBe("application/feed+json; charset=utf-8");
      expect(await type("/api/v1/records/sdn-20230523.json")).toBe("application/json");

      const front = await ask(url, "/?q=x");
      expect(front.body).toBe("<h1>front</h1>");
      expect(front.headers["cache-control"]).toBe("no-cache");
      expect(front.headers["x-content-type-options"]).toBe("nosniff");
      const tag = String(front.headers["etag"]);
      const again = await ask(url, "/", { "If-None-Match": `W/"other", ${tag}` });
      expect([again.status, again.body]).toEqual([304, ""]);
      expect((await ask(url, "/", { "If-None-Match": '"other"' })).status).toBe(200);
      for (const [name, kept] of [
        ["sdn-20230523", "public, max-age=31536000, immutable"],
        ["consolidated-20230523.2-c1", "public, max-age=31536000, immutable"],
        // Made from a record by code that may learn more.
        ["sdn-20230523.rescreen", "no-cache"],
        ["sdn-20230523.wallets", "no-cache"],
      ] as const) {
        const answer = await ask(url, `/api/v1/records/${name}.json`);
        expect([answer.status, answer.headers["cache-control"]], name).toEqual([200, kept]);
      }
      expect(await type("/api/v1/conformance-kit.zip")).toBe("application/zip");

      const head = await ask(url, "/", {}, "HEAD");
      expect([head.status, head.headers["content-length"], head.body]).toEqual([200, "14", ""]);
      expect((await ask(url, "/", {}, "POST")).status).toBe(405);
      const moved = await ask(url, "/publications/sdn-20230523");
      expect([moved.status, moved.headers["location"]]).toEqual([301, "sdn-20230523/"]);
      const missing = await ask(url, "/nothing");
      expect([missing.status, missing.body]).toEqual([404, "<h1>missing</h1>"]);

      for (const path of [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/.build.json",
        "/%00",
        "/%zz",
        "//secret.txt",
        "/link.txt",
      ]) {
        const answer = await ask(url, path);
        expect([400, 404], path).toContain(answer.status);
        expect(answer.body, path).not.toContain("secret");
      }
    });
    expect(code).toBe(0);
  });

  it("says what is missing or taken", async () => {
    const none = await runCli(["serve", "--out", join(folder, "nowhere")]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("ofac-ledger build")]);
    const odd = await runCli(["serve", "--out", site, "--port", "70000"]);
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining("--port")]);
  });

  it("a site is made by a version of the code and by that code", () => {
    const root = new URL(`file://${folder}/package/`);
    mkdirSync(new URL("dist/chunks/", root), { recursive: true });
    writeFileSync(new URL("dist/chunks/a.js", root), "1");
    const one = rendererId(root);
    expect(one).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{16}$/u);
    expect(rendererId(root)).toBe(one);
    writeFileSync(new URL("dist/chunks/a.js", root), "2");
    expect(rendererId(root)).not.toBe(one);
    expect(rendererId(new URL(`file://${folder}/`))).toBe(one.replace(/\+.*$/u, ""));
  });

  it("takes only addresses of the site", () => {
    expect(pathOf("/a/b/?x#y")).toBe("/a/b/");
    expect(pathOf("/pr%C3%A9cis")).toBe("/précis");
    for (const bad of ["http://other/", "/a//b", "/a/../b", "/.git/config", "/c:/x", "/a\\b", "", "*"]) {
      expect(pathOf(bad), bad).toBeNull();
    }
  });
});
