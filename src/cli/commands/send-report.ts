import { doubtLine, type SendReport } from "../../app/index.ts";

/** What a run did, for a reader: ids of subscriptions and publications, never an address. */
export function sendLines(report: SendReport, dryRun: boolean): string[] {
  return [
    ...report.wouldSend.map(wouldSendLine),
    ...(dryRun ? notDue(report).map(notDueLine) : []),
    ...(dryRun ? report.doubts.map(doubtLine) : []),
    ...report.sent.map((one) => `sent ${one.publications.join(", ")} to subscription ${one.subscription}`),
    ...[...report.failed, ...report.left].map(notSentLine),
    ...report.unknown.map(
      (one) => `unknown whether sent to subscription ${one.subscription} (${one.code}); see --resend-unknown`,
    ),
    ...(dryRun
      ? []
      : pausedIds(report).map((id) => `paused subscription ${id}: refused three times; see --try-again`)),
    dryRun
      ? `dry run: ${report.wouldSend.length} would be sent, nothing was`
      : `mail: ${report.sent.length} sent, ${report.failed.length + report.left.length} not sent, ${report.unknown.length} unknown`,
  ];
}

function notSentLine({ subscription, publications, outcome, code }: SendReport["failed"][number]): string {
  const line = `not sent to subscription ${subscription}: ${outcome} (${code})`;
  // The log has the error without addresses; the digest itself is shown to whoever asks for it.
  return code.includes("not-composed")
    ? `${line}; to see why: ofac-ledger preview ${[...publications, "--subscription", subscription].join(" ")}`
    : line;
}

function wouldSendLine({ kind, publications, subscription }: SendReport["wouldSend"][number]): string {
  const what = publications.map(({ record }) => record.id).join(", ");
  const open = new Set(
    publications.flatMap(({ match }) =>
      match.open.map(({ filter, why, uids }) => `${filter} ${why} of ${uids.length}`),
    ),
  );
  const because = open.size === 0 ? "" : ` (filters left open: ${[...open].join(", ")})`;
  return `would send ${what === "" ? kind : what} to subscription ${subscription.id}${because}`;
}

/** The same for machines. */
export function sendFacts(report: SendReport) {
  const { sent, failed, unknown, left, skipCounts, doubts } = report;
  const wouldSend = report.wouldSend.map((item) => ({
    subscription: item.subscription.id,
    channel: item.subscription.channel,
    kind: item.kind,
    publications: item.publications.map(({ record, match }) => ({
      id: record.id,
      parties: match.uids.length,
      openFilters: match.open.map(({ filter, why, uids }) => ({ filter, why, parties: uids.length })),
    })),
  }));
  return {
    sent,
    failed,
    unknown,
    left,
    skipCounts,
    wouldSend,
    notDue: notDue(report),
    paused: report.paused,
    doubts,
  };
}

interface NotDue {
  readonly subscription: string;
  readonly reason: string;
  readonly until: string | null;
  /** Empty for a confirmation that nothing changed. */
  readonly publications: readonly string[];
}

/** Why subscriptions get nothing, one entry a reason. */
function notDue({ skipped, paused }: SendReport): NotDue[] {
  const groups = new Map<string, NotDue & { publications: string[] }>();
  for (const { subscription, reason, until = null, publication } of [...skipped, ...paused]) {
    const key = `${subscription} ${reason} ${until}`;
    const group = groups.get(key) ?? { subscription, reason, until, publications: [] };
    if (publication !== null) group.publications.push(publication);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** So many publications are named. */
const NAMED = 3;

function notDueLine({ subscription, reason, until, publications }: NotDue): string {
  const last = publications.slice(-NAMED).join(", ");
  const what = publications.length > NAMED ? `${publications.length} publications, the last ${last}` : last;
  const when = until === null ? "" : ` until ${until}`;
  return `not due for subscription ${subscription}: ${reason}${when}${what === "" ? "" : ` (${what})`}`;
}

function pausedIds({ paused }: SendReport): string[] {
  return [...new Set(paused.map(({ subscription }) => subscription))];
}
