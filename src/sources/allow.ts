import { SourceError } from "../domain/index.ts";
import type { SourceSettings } from "./settings.ts";

/** A URL as it may be shown and kept: no query (it can hold a signature), no fragment, no credentials. */
export function withoutQuery(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** Parses a URL that comes from outside; the text itself never gets into an error (it may hold a signature). */
export function parseUrl(text: string, base: URL | undefined, what: string): URL {
  if (!URL.canParse(text, base?.href)) {
    throw new SourceError(
      "bad-url",
      `${what}: expected a URL, found something else. Check where it comes from.`,
    );
  }
  return new URL(text, base?.href);
}

/** Which hosts and schemes may be asked. The hosts of the configured base URLs always may. */
export interface HostGuard {
  /** Throws `redirect-refused` (or `host-refused` for a first request) when the URL may not be asked. */
  check(url: URL, from: URL | undefined): void;
}

/** The guard of some settings: configured hosts, allowed suffixes, no step down from https to http. */
export function hostGuard(settings: SourceSettings): HostGuard {
  const bases = [settings.serviceBase, settings.treasuryBase, settings.noticesBase, settings.pressBase]
    .filter((base) => base !== null)
    .map((base) => parseUrl(base, undefined, "a source's base URL in the settings"));
  const baseHosts = new Set(bases.map((base) => base.host));
  const allows = (url: URL) =>
    baseHosts.has(url.host) || settings.allowedHosts.some((pattern) => matchesHost(url, pattern));

  return {
    check(url, from) {
      const refuse = (why: string): never => {
        const step = from === undefined ? `${url.host}` : `redirect from ${from.host} to ${url.host}`;
        throw new SourceError(
          from === undefined ? "host-refused" : "redirect-refused",
          `${step} refused: ${why}. If OFAC has moved, add the host to the allowed hosts in the settings.`,
        );
      };
      if (url.protocol !== "https:" && url.protocol !== "http:")
        refuse(`scheme ${url.protocol} is not HTTP(S)`);
      if (url.username !== "" || url.password !== "") refuse("the URL carries credentials");
      if (!allows(url)) refuse("the host is not among those expected");
      // A mirror or stand-in may speak plain http, but only where the settings say so themselves.
      if (
        url.protocol === "http:" &&
        (from === undefined ? !baseHosts.has(url.host) : from.protocol === "https:")
      )
        refuse("it would leave https");
    },
  };
}

function matchesHost(url: URL, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  if (wanted.startsWith(".")) return url.hostname.endsWith(wanted);
  return wanted.includes(":") ? url.host === wanted : url.hostname === wanted;
}
