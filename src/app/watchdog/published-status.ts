import { ContentError, LedgerError, type StatusFile, UsageError } from "../../domain/index.ts";
import type { Fetcher, SourceSettings } from "../../sources/index.ts";
import type { WatchFacts } from "./facts.ts";

/**
 * Settings to ask one published site with: nothing else may be asked, and a redirect leads nowhere else.
 * @throws UsageError `bad-url`
 */
export function siteSettings(settings: SourceSettings, url: string): SourceSettings {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(
      "bad-url",
      "--url: expected the address of a published status.json, found no http(s) address.",
    );
  }
  const base = parsed.origin;
  return {
    ...settings,
    serviceBase: base,
    treasuryBase: null,
    noticesBase: base,
    pressBase: base,
    allowedHosts: [],
  };
}

/** A published `status.json`, or why it could not be read: being unreadable is an alarm, not the end of the watch. */
export async function fetchStatus(
  fetcher: Fetcher,
  url: string,
): Promise<{ readonly file: StatusFile } | { readonly unreadable: NonNullable<WatchFacts["unreadable"]> }> {
  try {
    const found = await fetcher.fetch({ url, name: "status.json", size: "page" });
    if (found.kind !== "document") throw new Error("a first request cannot be answered with 304");
    return { file: await decode(new TextDecoder().decode(found.document.bytes)) };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { unreadable: { code: error.code, message: error.message } };
  }
}

async function decode(text: string): Promise<StatusFile> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notAStatus("no JSON", error);
  }
  const { statusFault } = await import("../schema/status-fault.ts");
  const fault = statusFault(value);
  if (fault !== undefined) throw notAStatus(`that it ${fault}`);
  return value as StatusFile;
}

function notAStatus(found: string, cause?: unknown): ContentError {
  return new ContentError(
    "not-a-status",
    `Expected the status.json of an ofac-ledger site, found ${found}. Check the address, and that the site is deployed.`,
    { cause },
  );
}
