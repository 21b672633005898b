import { domainToASCII } from "node:url";
import type { Subscription } from "./subscription.ts";

// RFC 5321 §4.1.2 dot-string, with the UTF-8 characters that RFC 6531 §3.3 adds to atext.
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10FFFF}-]+(\.[\w!#$%&'*+/=?^`{|}~\u0080-\u{10FFFF}-]+)*$/u;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
// biome-ignore format: one class of characters a line
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}]/u;

/**
 * A mailbox as it is handed over: the domain in ASCII (RFC 5891), the local part in NFC. Undefined for what is
 * not exactly one mailbox: display names, lists, quoted local parts, address literals, line breaks and
 * invisible characters are refused, so that no address can become a header or a second recipient.
 */
export function normalMailbox(text: string): string | undefined {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at).normalize("NFC");
  if (at < 1 || UNSAFE.test(text) || !LOCAL.test(local)) return undefined;
  if (Buffer.byteLength(local, "utf8") > 64) return undefined;
  const domain = domainToASCII(text.slice(at + 1));
  if (domain === "" || domain.length > 253 || !domain.split(".").every((label) => LABEL.test(label))) {
    return undefined;
  }
  return `${local}@${domain}`;
}

/** An HTTPS URL without credentials or fragment; plain HTTP only to loopback. Undefined for anything else. */
export function normalHook(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.protocol === "http:" && isLoopback(url.hostname);
  if (url.protocol !== "https:" && !plain) return undefined;
  return url.username === "" && url.password === "" && url.hash === "" ? url.href : undefined;
}

/** True for a host that is this machine, where TLS may be left out. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}

const MAILBOX = /[^\s<>"'(),;:[\]]{1,64}@[^\s<>"'(),;:[\]]{1,253}/gu;
const LINK = /https?:\/\/[^\s<>"']+/giu;

/**
 * A text that others may read: without the address and the secret of a subscription, and without anything else that
 * looks like an address or a link, since a hook's address is a secret.
 */
export function withoutAddress(
  text: string,
  { address, secret }: Pick<Subscription, "address" | "secret">,
): string {
  return [address, ...(secret === undefined ? [] : [secret])]
    .reduce((clean, hidden) => clean.replaceAll(hidden, "[address]"), text)
    .replace(LINK, "[link]")
    .replace(MAILBOX, "[address]");
}
