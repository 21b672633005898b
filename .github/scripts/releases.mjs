// A GitHub release for each new publication, tagged with its id at the commit that recorded it. What a run that died
// after its push left out is made up for: the publications of the last days are looked through.
// Environment: TOKEN (contents: write), GITHUB_REPOSITORY; GITHUB_API_URL.
// usage: node releases.mjs <log.json> <commit> [<site url>]      log.json is what `log --json` prints
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { openRepository } from "./github.mjs";
import { inline } from "./markdown.mjs";
import { oneLine, stop } from "./runner.mjs";

/** So many publications at the most are looked up; more at once would be the first run on a long ledger. */
const NEWEST = 10;

/** @returns tags of the releases that were made */
export async function releasePublications(records, { commit, siteUrl }, repository) {
  const made = [];
  for (const record of records
    .filter(({ segment }) => segment === "live")
    .slice(0, NEWEST)
    .reverse()) {
    const tag = oneLine(record.id);
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(tag)) throw new Error(`expected the id of a publication, found ${tag}`);
    if ((await repository.get(`releases/tags/${tag}`)).status !== 404) continue;
    await repository.post("releases", {
      tag_name: tag,
      target_commitish: commit,
      name: [...oneLine(record.headline)].slice(0, 250).join(""),
      body: bodyOf(record, siteUrl),
      // The newest release of the repository is the tool's, not the list's.
      make_latest: "false",
    });
    made.push(tag);
  }
  return made;
}

function bodyOf(record, siteUrl) {
  const lines = [inline(record.headline), "", `Record hash: \`${oneLine(record.hash)}\``];
  if (siteUrl !== undefined)
    lines.push(
      "",
      `[What changed](${new URL(`publications/${record.id}/`, `${siteUrl.replace(/\/+$/, "")}/`).href})`,
    );
  return lines.join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv.slice(2));

async function main([log, commit, siteUrl]) {
  if (commit === undefined) stop("expected: releases.mjs <log.json> <commit> [<site url>]", 2);
  try {
    const records = JSON.parse(readFileSync(log, "utf8"));
    const made = await releasePublications(records, { commit, siteUrl }, openRepository());
    console.log(made.length === 0 ? "no new release" : `released ${made.join(", ")}`);
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}
