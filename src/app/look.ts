import { LedgerError, type ListId, type Receipt } from "../domain/index.ts";
import {
  type FetchedDocument,
  failedLook,
  fetchList,
  healthAfter,
  mayLook,
  type SourceHealth,
} from "../sources/index.ts";
import { type ListCheck, readCheck } from "./checks.ts";
import type { AppPorts } from "./ports.ts";
import { type ListReading, readList } from "./read-list.ts";

/** What one look at a list came to. */
export type Look = {
  readonly list: ListId;
  readonly before: ListCheck | undefined;
} & (
  | { readonly outcome: "unchanged"; readonly receipts: readonly Receipt[] }
  | { readonly outcome: "read"; readonly receipts: readonly Receipt[]; readonly reading: ListReading }
  | { readonly outcome: "failed"; readonly error: LedgerError }
  | { readonly outcome: "waiting"; readonly until: string }
);

/** Fetches and reads one list. A failure of one list is a value: it never touches the other. */
export async function lookAt(list: ListId, ports: AppPorts, force: boolean): Promise<Look> {
  const before = readCheck(ports.files, list);
  if (!force && before !== undefined && !mayLook(before.health, ports.now)) {
    return { list, before, outcome: "waiting", until: before.health.nextLook ?? "" };
  }
  try {
    const found = await fetchList(
      {
        list,
        profile: ports.config.profile ?? "legacy",
        ...(before === undefined ? {} : { previous: before.receipts }),
        onProgress: (file, bytes, total) => ports.progress.step(bytes, total ?? 0, `fetching ${file}`),
        onRetry: (retry) =>
          ports.progress.line(`${retry.name}: ${retry.reason}; trying again in ${retry.waitMs / 1000} s`),
      },
      ports.fetcher,
      ports.settings,
    );
    if (found.kind === "not-modified")
      return { list, before, outcome: "unchanged", receipts: found.receipts };
    const receipts = found.documents.map((document) => document.receipt);
    const reading = await readFetched(list, found.documents, ports);
    return { list, before, outcome: "read", receipts, reading };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { list, before, outcome: "failed", error };
  }
}

function readFetched(
  list: ListId,
  documents: readonly FetchedDocument[],
  ports: AppPorts,
): Promise<ListReading> {
  ports.progress.line(`reading ${documents.map((document) => document.name).join(", ")}`);
  return readList(documents, {
    list,
    provenance: documents[0]?.provenance ?? "official file",
    maxUnpackedBytes: ports.settings.maxUnpackedBytes,
  });
}

/** The source's health after this look. */
export function healthOf(
  look: Look,
  changed: boolean,
  held: boolean,
  ports: AppPorts,
): SourceHealth | undefined {
  const at = ports.now;
  const previous = look.before?.health;
  if (look.outcome === "waiting") return previous;
  if (look.outcome === "failed") {
    const failed = failedLook(look.error, at);
    return failed === undefined ? previous : healthAfter(previous, failed);
  }
  return healthAfter(previous, { at, outcome: held ? "held" : changed ? "changed" : "unchanged" });
}
