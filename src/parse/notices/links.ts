import type { Link } from "../../domain/index.ts";
import { cleanText, findAll, type HtmlNode, textOf } from "./html.ts";

/** `/web/20230523144315/https://…` and its flavours (`id_`, `if_`), with or without the archive's host. */
const ARCHIVED = /^(?:(?:https?:)?\/\/web\.archive\.org)?\/web\/\d{4,14}(?:[a-z]{2}_)?\/(.+)$/i;

/**
 * The address a page meant, absolute, archive prefixes taken off; undefined for what is no web address
 * (`mailto:`, `javascript:`, anchors).
 */
export function originalUrl(href: string, base: string): string | undefined {
  const trimmed = cleanText(href);
  if (trimmed === "" || trimmed.startsWith("#")) return undefined;
  let target = ARCHIVED.exec(trimmed)?.[1] ?? trimmed;
  if (!URL.canParse(target, base)) return undefined;
  target = new URL(target, base).href;
  // The archive collapses `https://` to `https:/` in some captures.
  target = ARCHIVED.exec(target)?.[1]?.replace(/^(https?:)\/+/i, "$1//") ?? target;
  if (!URL.canParse(target)) return undefined;
  const url = new URL(target);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}

/** The links below a node, in order, once each; a link without text is called by its address. */
export function linksOf(root: HtmlNode, base: string): Link[] {
  const links: Link[] = [];
  for (const node of findAll(root, (n) => n.name === "a" && n.attribs?.["href"] !== undefined)) {
    const url = originalUrl(node.attribs?.["href"] ?? "", base);
    if (url !== undefined) links.push({ title: textOf(node) || url, url });
  }
  return distinctLinks(links);
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
