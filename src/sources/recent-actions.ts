import { type IsoDate, SourceError } from "../domain/index.ts";
import { parseUrl } from "./allow.ts";
import { below } from "./catalog.ts";
import type { FetchedDocument, Fetcher } from "./fetcher.ts";
import type { SourceSettings } from "./settings.ts";

/** Categories of recent actions, as they stand in OFAC's paths. */
export const NOTICE_CATEGORIES = [
  "enforcement-actions",
  "general-licenses",
  "miscellaneous",
  "regulations-and-guidance",
  "sanctions-list-updates",
] as const;

export type NoticeCategory = (typeof NOTICE_CATEGORIES)[number];

/** One page of the listing: ten rows, newest first. */
export interface ListingRequest {
  readonly category?: NoticeCategory;
  /** From 0. */
  readonly page?: number;
  /** First and last release date, inclusive. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

/** Pages of OFAC's and Treasury's sites, as bytes. What is on them is read elsewhere. */
export interface Pages {
  /** A page of the listing of recent actions. */
  listing(request: ListingRequest): Promise<FetchedDocument>;
  /** A recent action, by the link of the listing (absolute or relative). */
  notice(link: string): Promise<FetchedDocument>;
  /** A press release, by the link of a notice. */
  pressRelease(link: string): Promise<FetchedDocument>;
}

const NOTICE_ORIGIN = "https://ofac.treasury.gov";
const PRESS_ORIGIN = "https://home.treasury.gov";

/** Links come from pages, which are not trusted: their hosts must be expected, and their queries are dropped. */
export function createPages(fetcher: Fetcher, settings: SourceSettings): Pages {
  const bases: Readonly<Record<string, string>> = {
    "ofac.treasury.gov": settings.noticesBase,
    "home.treasury.gov": settings.pressBase,
  };

  async function page(url: string, name?: string): Promise<FetchedDocument> {
    const named = name === undefined ? {} : { name };
    const result = await fetcher.fetch({ url, size: "page", provenance: "official file", ...named });
    if (result.kind === "not-modified") throw new Error("not modified without a condition");
    return result.document;
  }

  /** Where a link is fetched: the configured base stands in for OFAC's and Treasury's own hosts. */
  function address(link: string, origin: string): string {
    const url = parseUrl(link, new URL(origin), "link to a page");
    if (url.protocol !== "https:" && url.protocol !== "http:")
      throw new SourceError(
        "host-refused",
        `${origin}: expected a link to a page, found ${url.protocol}. Skip it.`,
      );
    const path = url.pathname.replace(/^\/index\.php(?=\/)/, "");
    const base = bases[url.hostname.replace(/^www\.(?=ofac\.|home\.)/, "")];
    return base === undefined ? `https://${url.host}${path}` : below(base, path);
  }

  return {
    listing: async (request) => page(listingUrl(request, settings), "recent-actions"),
    notice: async (link) => page(address(link, NOTICE_ORIGIN)),
    pressRelease: async (link) => page(address(link, PRESS_ORIGIN)),
  };
}

/** Address of a listing page (form fields as OFAC's search form names them; dates as its date inputs send them). */
export function listingUrl(request: ListingRequest, settings: SourceSettings): string {
  const path = request.category === undefined ? "/recent-actions" : `/recent-actions/${request.category}`;
  const query = new URLSearchParams();
  if (request.from !== undefined) query.set("ra-start-date", request.from);
  if (request.to !== undefined) query.set("ra-end-date", request.to);
  if (request.page !== undefined && request.page > 0) query.set("page", String(request.page));
  const text = query.toString();
  return below(settings.noticesBase, text === "" ? path : `${path}?${text}`);
}
