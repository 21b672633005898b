import { type ListId, type Profile, UsageError } from "../domain/index.ts";
import type { SourceSettings } from "./settings.ts";

/** A file of OFAC's, and the addresses it can be had at, best first. */
export interface SourceFile {
  readonly file: string;
  readonly routes: readonly string[];
}

/**
 * The files that make one list in one profile, each with its official routes in order: the service's export
 * path, its download path (the same object), then the old treasury.gov address that still redirects there.
 */
export function sourceFiles(list: ListId, profile: Profile, settings: SourceSettings): readonly SourceFile[] {
  const files = settings.files[list][profile];
  if (files.length === 0) {
    throw new UsageError(
      "no-source-files",
      `${list}, profile ${profile}: expected at least one file name in the settings, found none. Name one.`,
    );
  }
  return files.map((file) => ({ file, routes: routesOf(file, settings) }));
}

function routesOf(file: string, settings: SourceSettings): string[] {
  const name = encodeURIComponent(file);
  const service = settings.servicePaths.map((path) =>
    below(settings.serviceBase, path.replace("{file}", name)),
  );
  const old = settings.treasuryPaths[file];
  return settings.treasuryBase === null || old === undefined
    ? service
    : [...service, below(settings.treasuryBase, old)];
}

/** A path below a base URL, whether or not either has a slash. */
export function below(base: string, path: string): string {
  return `${base.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
}
