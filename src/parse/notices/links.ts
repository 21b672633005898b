import type { Link } from "../../domain/index.ts";
import { cleanText } from "./html.ts";

/** `/web/20230523144315/https://…` and its flavours (`id_`, `if_`), with or without the archive's host. */
const ARCHIVED = /^(?:(?:https?:)?\/\/web\.archive\.org)?\/web\/\d{4,14}(?:[a-z]{2}_)?\/(.+)$/i;

/**
 * The address a page meant, absolute, archive prefixes taken off; undefined for what is no web address
 * (`mailto:`, `javascript:`, anchors).
 */
export function originalUrl(href: string, base: string): string | undefined {
  const trimmed = cleanText(href);
  if (trimmed === "" || trimmed.startsWith("#")) return undefined;
  // Relative addresses were made relative to the archive, too.
  const direct = unarchived(trimmed) ?? trimmed;
  if (!URL.canParse(direct, base)) return undefined;
  const absolute = new URL(direct, base).href;
  const target = unarchived(absolute) ?? absolute;
  if (!URL.canParse(target)) return undefined;
  const url = new URL(target);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}

/** The archived address; some captures collapse its `https://` to `https:/`. */
function unarchived(address: string): string | undefined {
  return ARCHIVED.exec(address)?.[1]?.replace(/^(https?:)\/+/i, "$1//");
}

/** Links once each, by address and title, in the order of their first appearance. */
export function distinctLinks(links: Iterable<Link>): Link[] {
  const seen = new Map<string, Link>();
  for (const link of links) {
    const key = `${link.url} ${link.title}`;
    if (!seen.has(key)) seen.set(key, link);
  }
  return [...seen.values()];
}

/** True for a file OFAC serves: licences, determinations, charts. */
export function isDownload(url: string): boolean {
  return /\/media\/\d+\/download\b|\/system\/files\/|\.(?:pdf|xlsx?|docx?|zip|csv)(?:$|[?#])/i.test(url);
}

/** True for a press release of Treasury, State or Justice. */
export function isPressRelease(url: string): boolean {
  return (
    /^https?:\/\/(?:home|www)\.treasury\.gov\/(?:index\.php\/)?(?:news\/press-releases|press-center\/press-releases|connect)\//i.test(
      url,
    ) || /^https?:\/\/(?:[a-z0-9-]+\.)*(?:state|justice)\.gov\/(?!$)/i.test(url)
  );
}
