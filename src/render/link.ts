/** A link to show; `href` is null when the address must not be followed. */
export interface LinkView {
  readonly title: string;
  readonly href: string | null;
}

/**
 * An address from a notice or a list as a link target, or null. Only absolute http and https addresses with a
 * plain host, no user name, no odd port and nothing to break out with: `javascript:` and friends stay text.
 */
export function safeHref(address: string): string | null {
  if (!/^https?:\/\/[^\s<>"'`\\^{|}]+$/iu.test(address)) return null;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  if (url.username !== "" || url.password !== "" || !url.hostname.includes(".")) return null;
  return url.href;
}

/** A link with its address checked; untitled ones are called by their address. */
export function linkView(title: string, address: string): LinkView {
  return { title: title.trim() === "" ? address : title, href: safeHref(address) };
}
