import { ContentError, type ListId } from "../../domain/index.ts";
import { listOfName } from "../../parse/index.ts";
import type { ImportedFile } from "../import.ts";
import type { ImportChain } from "./chain.ts";
import { captureBy } from "./dating.ts";
import type { ImportManifest } from "./manifest.ts";
import { coveringOf, type When } from "./past.ts";

/**
 * A chain goes on without a file that could not be read, and its next record then holds what two publications changed.
 * Such a refusal says which record that is; others stay as they are.
 */
export function withCovering(
  file: ImportedFile,
  when: When | undefined,
  chains: readonly ImportChain[],
): ImportedFile {
  const { error, path } = file;
  if (!(error instanceof ContentError) || when === undefined) return file;
  const list = file.list ?? listByName(path);
  const own = chains.filter(
    (one) => one.list === list && (file.segment === undefined || one.segment === file.segment),
  );
  const [chain] = own;
  const covering = chain === undefined || own.length > 1 ? undefined : coveringOf(chain.publications, when);
  if (chain === undefined || covering === undefined) return file;
  return {
    ...file,
    coveredBy: covering.id,
    error: new ContentError(
      error.code,
      `${error.message} ${chain.list}/${chain.segment} goes on without it: what changed until then is in ` +
        `${covering.id}, its next record, together with what changed after.`,
      { cause: error },
    ),
  };
}

/** The time of a file that was refused before anything was known of its content; undefined where nothing tells it. */
export function timeOf(path: string, manifest: ImportManifest | undefined): When | undefined {
  const captured = captureBy(path, manifest?.of(path));
  return captured === undefined ? undefined : { captured, date: { date: captured.date, basis: "capture" } };
}

function listByName(path: string): ListId | null {
  return listOfName(path.split(/[\\/]/).at(-1) ?? path);
}
