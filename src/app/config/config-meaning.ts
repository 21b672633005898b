import { isIsoDate } from "../../domain/index.ts";
import type { ConfigFile } from "./config-schema.ts";

/**
 * The first setting that has the form of what it should be but is none, and what is wrong with it; undefined when all
 * is well. Values are not repeated: somebody may have put a secret there.
 */
export function meaninglessSetting({ site = {}, sources = {}, mail = {} }: ConfigFile): string | undefined {
  const addresses: readonly (readonly [string, string | null | undefined])[] = [
    ["/site/baseUrl", site.baseUrl],
    ["/site/repositoryUrl", site.repositoryUrl],
    ["/sources/serviceBase", sources.serviceBase],
    ["/sources/treasuryBase", sources.treasuryBase],
    ["/sources/noticesBase", sources.noticesBase],
    ["/sources/pressBase", sources.pressBase],
    ["/mail/oauthUrl", mail.oauthUrl],
    ["/mail/unsubscribeUrl", mail.unsubscribeUrl],
  ];
  const bad = addresses.find(([, url]) => typeof url === "string" && !isAddress(url));
  if (bad !== undefined) {
    return `${bad[0]} must be an address with a host and without blanks, like https://ledger.example`;
  }
  if (site.tagDate !== undefined && !isIsoDate(site.tagDate)) {
    return "/site/tagDate must be a day that there is, like 2024-01-01";
  }
  return undefined;
}

function isAddress(url: string): boolean {
  return /^https?:\/\/[^\s/?#]\S*$/i.test(url) && URL.canParse(url);
}
