import type { PlannedArtifact } from "../domain/index.ts";
import { json } from "./api.ts";
import { noticePath } from "./notice-view.ts";
import { HTML } from "./page.ts";
import { noticeFacts, noticeJsonPath, publicationsByNotice, renderNotice } from "./page-notice.ts";
import { type Bench, plan } from "./plan.ts";
import { newestOf, reconciliationPath } from "./reconciliation-view.ts";
import { JSON_TYPE } from "./site-api.ts";

/** A page and a JSON file for each notice, and a JSON file for the newest comparison of each publication. */
export function planNotices(bench: Bench): PlannedArtifact[] {
  return [...notices(bench), ...reconciliations(bench)];
}

function reconciliations(bench: Bench): PlannedArtifact[] {
  return bench.placed.flatMap(({ stored: { record } }) => {
    const newest = newestOf(record.id, bench.context.byRecord.get(record.id) ?? []);
    if (newest === null) return [];
    return [plan(bench, reconciliationPath(record.id), JSON_TYPE, { facts: newest }, () => json(newest))];
  });
}

function notices(bench: Bench): PlannedArtifact[] {
  const publications = publicationsByNotice(bench);
  return [...bench.context.notices.values()].flatMap((versions) => {
    const newest = versions.at(-1);
    if (newest === undefined) return [];
    const { id } = newest.notice;
    const own = publications.get(id) ?? [];
    return [
      plan(
        bench,
        `${noticePath(id)}index.html`,
        HTML,
        { template: "site/notice.hbs", facts: noticeFacts(versions, own, bench) },
        () => renderNotice(bench, versions, own),
      ),
      plan(bench, noticeJsonPath(id), JSON_TYPE, { facts: newest }, () => json(newest)),
    ];
  });
}
