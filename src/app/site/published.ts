import type { ContextEntry, Observation, StoredRecord } from "../../domain/index.ts";
import { type LedgerFiles, parseFile, readLog } from "../../ledger/index.ts";
import type { SiteFacts } from "../../render/index.ts";
import type { ConfigFile } from "../config/config.ts";
import { history } from "../past/history.ts";

/** Everything of a ledger that pages, feeds and mails are made from. */
export interface Published {
  readonly records: readonly StoredRecord[];
  readonly context: readonly ContextEntry[];
  readonly observations: readonly Observation[];
}

export function readPublished(files: LedgerFiles): Published {
  return {
    records: history(files),
    context: readCollection<ContextEntry>(files, "context"),
    observations: readCollection<Observation>(files, "observations"),
  };
}

function readCollection<T>(files: LedgerFiles, collection: "context" | "observations"): T[] {
  return readLog(files, collection).flatMap(({ path }) => {
    const bytes = files.read(path);
    return bytes === undefined ? [] : [parseFile<T>(path, bytes)];
  });
}

/** What the operator says about the site, with defaults that work on loopback. */
export function siteFacts(config: ConfigFile, renderer: string): SiteFacts {
  const site = config.site ?? {};
  const baseUrl = (site.baseUrl ?? "http://localhost:8080").replace(/\/+$/, "");
  return {
    title: site.title ?? "OFAC ledger",
    baseUrl,
    author: site.author ?? "ofac-ledger",
    tag: { authority: site.tagAuthority ?? new URL(baseUrl).hostname, date: site.tagDate ?? "2026-01-01" },
    repositoryUrl: site.repositoryUrl ?? null,
    renderer,
  };
}
