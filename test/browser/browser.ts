import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { previewServer } from "../../src/cli/preview.ts";
import { sha256 } from "../../src/domain/index.ts";
import { renderSite, type SiteInput } from "../../src/render/index.ts";
import { TEMPLATES } from "../support/site.ts";

export const CHROMIUM = "/usr/bin/chromium";

/** Said once where there is no browser, so that a skip is never silent. */
export const hasBrowser: boolean = existsSync(CHROMIUM);
if (!hasBrowser)
  process.stdout.write(`There is no browser at ${CHROMIUM}: the browser's tests are skipped.\n`);

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

const { resolve } = createRequire(import.meta.url);
export const CARDS = {
  files: ["400Regular/PublicSans_400Regular.ttf", "700Bold/PublicSans_700Bold.ttf"].map((name) =>
    resolve(`@expo-google-fonts/public-sans/${name}`),
  ),
  hash: sha256("fonts"),
};

export const AXE: string = resolve("axe-core/axe.min.js");

/** A site on loopback, as `serve` shows it. */
export interface ShownSite {
  readonly url: string;
  readonly paths: readonly string[];
  close(): Promise<void>;
}

/** Renders a site into a folder of its own and serves it, below a path as a project page would be. */
export async function show(input: SiteInput): Promise<ShownSite> {
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-browser-"));
  const server: Server = previewServer(folder);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the preview listens nowhere");
  const url = `http://127.0.0.1:${address.port}/ledger/`;
  const artifacts = renderSite({ ...input, site: { ...input.site, baseUrl: url }, cards: CARDS }, TEMPLATES);
  for (const { path, bytes } of artifacts) {
    const file = join(folder, "ledger", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return {
    url,
    paths: artifacts.map(({ path }) => path),
    close: () =>
      new Promise((done) => {
        server.close(() => {
          rmSync(folder, { recursive: true, force: true });
          done();
        });
        server.closeAllConnections();
      }),
  };
}

/** A page with what went wrong on it: complaints of the console, requests that leave the origin. */
export interface Watched {
  readonly page: Page;
  readonly wrong: string[];
  /** Bytes of each answer by path. */
  readonly loaded: Map<string, number>;
}

export async function open(
  browser: Browser,
  site: ShownSite,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  const loaded = new Map<string, number>();
  const origin = new URL(site.url).origin;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) wrong.push(`left the origin: ${request.url()}`);
  });
  page.on("response", (response) => {
    const size = Number(response.headers()["content-length"] ?? 0);
    loaded.set(new URL(response.url()).pathname, size);
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
  });
  return { page, wrong, loaded };
}
