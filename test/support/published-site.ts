import { heads } from "../../src/app/past/history.ts";
import { planApiFiles } from "../../src/app/site/api-files.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { planRescreen } from "../../src/app/site/rescreen-files.ts";
import { planWallets } from "../../src/app/site/wallet-files.ts";
import { type LedgerFiles, readState } from "../../src/ledger/index.ts";
import { planSite } from "../../src/render/index.ts";
import { SITE, TEMPLATES } from "./site.ts";

/** The JSON of a ledger's site, as it is published: bytes by path. Pages are left out. */
export function publishedApi(files: LedgerFiles): Map<string, Uint8Array> {
  const published = readPublished(files);
  const all = heads(files);
  const input = { ...published, heads: all, site: SITE };
  const states = all.map((head) => ({
    list: head.list,
    segment: head.segment,
    origin: head.origin,
    parties: readState(files, head).parties,
  }));
  const plan = [
    ...planSite(input, TEMPLATES).filter(({ path }) => path.startsWith("api/v1/") || path === "status.json"),
    ...planRescreen(files, all, published.records),
    ...planWallets(states, published.records),
    ...planApiFiles({ files, heads: all, records: published.records, site: SITE }),
  ];
  const paths = new Set(plan.map(({ path }) => path));
  if (paths.size !== plan.length) throw new Error("two files of the site have the same path");
  return new Map(plan.map(({ path, render }) => [path, render()]));
}

/** Answers requests for the files of a site as a static host does. */
export function fetchFrom(site: () => ReadonlyMap<string, Uint8Array>): (url: string) => Promise<Response> {
  return async (url) => {
    const path = url.slice(`${SITE.baseUrl}/`.length);
    const bytes = url.startsWith(SITE.baseUrl) ? site().get(path) : undefined;
    return bytes === undefined
      ? new Response("not found", { status: 404 })
      : new Response(new Uint8Array(bytes), { status: 200 });
  };
}
