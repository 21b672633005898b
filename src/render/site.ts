import type { Artifact, PlannedArtifact } from "../domain/index.ts";
import type { SiteInput } from "./input.ts";
import { bench } from "./plan.ts";
import { planApi } from "./site-api.ts";
import { planFeeds } from "./site-feeds.ts";
import { planMachineFiles } from "./site-machine.ts";
import { planNotices } from "./site-notices.ts";
import { planPages } from "./site-pages.ts";
import { planParties } from "./site-parties.ts";
import { planPrograms } from "./site-programs.ts";
import { planSearch } from "./site-search.ts";
import type { Templates } from "./templates.ts";

/**
 * Every file of the site, each with the hash of what it is made from, none rendered yet. The plan and the
 * bytes depend on the input and the templates alone.
 */
export function planSite(input: SiteInput, templates: Templates): PlannedArtifact[] {
  const own = bench(input, templates);
  const files = [
    ...planPages(own),
    ...planNotices(own),
    ...planParties(own),
    ...planPrograms(own),
    ...planSearch(own),
    ...planFeeds(own),
    ...planApi(own),
  ];
  return [...files, ...planMachineFiles(own, files)];
}

/** Every file of the site, rendered. */
export function renderSite(input: SiteInput, templates: Templates): Artifact[] {
  return planSite(input, templates).map(({ path, mediaType, render }) => ({
    path,
    mediaType,
    bytes: render(),
  }));
}
