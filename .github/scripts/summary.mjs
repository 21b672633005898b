// The job's summary: headlines, counts, reconciliation, mail, alarms, timings. It says what the steps before it left, so
// it also says where a job stopped.
import { existsSync, readFileSync } from "node:fs";
import { heading, inline } from "./markdown.mjs";
import { facts, ledgerCommand, plan, stop, summary, workPath } from "./runner.mjs";

if (!existsSync(workPath("plan.json"))) stop("the inputs were refused; there is nothing to sum up", 0);
const { stages } = plan();
const parts = [
  ...(stages.includes("track") ? track(left("update.json"), left("record.json")) : []),
  ...(stages.includes("site") ? site(left("site.json")) : []),
  ...(stages.includes("send") ? send(left("send.json")) : []),
  ...(stages.includes("watchdog") ? watchdog(left("watchdog.json")) : []),
  ...timings(),
];
summary(`${parts.join("\n\n")}\n`);

/** What a step wrote; undefined when it did not come so far. */
function left(name) {
  return existsSync(workPath(name)) ? JSON.parse(readFileSync(workPath(name), "utf8")) : undefined;
}

function track(update, record) {
  if (update === undefined) return ["## The update did not end"];
  const fresh = update.lists.filter((list) => list.headline !== null);
  const title = fresh.length === 0 ? ["No new publication"] : fresh.map((list) => heading(list.headline));
  const outcome =
    record === undefined ? "**Nothing was committed; see the log of the step.**" : committed(record);
  return [...title.map((text) => `## ${text}`), outcome, counts(update.lists), ...fresh.map(reconciliation)];
}

function committed({ outcome }) {
  if (outcome === "pushed") return "Committed and pushed.";
  return outcome === "already" ? "Another run had recorded the same bytes." : "Nothing to commit.";
}

function counts(lists) {
  return table(
    ["list", "outcome", "added", "removed", "changed", "removals held", "error"],
    lists.map((list) => [
      list.list,
      list.outcome,
      ...["added", "removed", "changed"].map((group) => sum(list.counts?.[group])),
      sum(
        list.held === null
          ? {}
          : Object.fromEntries(list.held.waiting.map(({ uids }, i) => [i, uids.length])),
      ),
      list.error === null ? "" : inline(`${list.error.code}: ${list.error.message}`),
    ]),
  );
}

function sum(numbers = {}) {
  return String(Object.values(numbers ?? {}).reduce((all, number) => all + number, 0));
}

function reconciliation({ id, headline }) {
  // A baseline changes nothing that a notice could announce.
  const { status, stdout } = ledgerCommand(["reconcile", id, "--json"]);
  const verdict = facts(stdout, null)?.verdict;
  if (verdict === undefined) return `Reconciliation of ${inline(headline)}: not made (exit code ${status}).`;
  return `Reconciliation of ${inline(headline)}: **${verdict}**.`;
}

function site(built) {
  if (built === undefined) return ["**The site was not built.**"];
  return [
    `Site: ${built.written.length} files written, ${built.unchanged} unchanged, ${built.removed.length} removed.`,
  ];
}

function send(sent) {
  if (sent === undefined) return ["**Sending did not end.**"];
  const count = (name) => sent[name]?.length ?? 0;
  return [
    `Mail: ${count("sent")} sent, ${count("failed") + count("left")} not sent, ${count("unknown")} unknown.`,
  ];
}

function watchdog(report) {
  if (report === undefined) return ["**The watchdog did not end.**"];
  const firing = report.alarms.filter(({ state }) => state === "firing");
  return firing.length === 0 ? ["All clear."] : [`${firing.length} alarms:`, firing.map(alarm).join("\n")];
}

function alarm({ title }) {
  return `- ${inline(title)}`;
}

function timings() {
  if (!existsSync(workPath("timings.ndjson"))) return [];
  const rows = readFileSync(workPath("timings.ndjson"), "utf8").trim().split("\n");
  const times = rows.map((row) => JSON.parse(row));
  return [
    table(
      ["step", "seconds"],
      times.map(({ what, ms }) => [what, (ms / 1000).toFixed(1)]),
    ),
  ];
}

/** Cells are ours or escaped by whoever puts them. */
function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
