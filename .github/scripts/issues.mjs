// One issue for each held or failed state: opened once, its text kept up to date, closed by itself when the state is
// over.
// usage: node issues.mjs <alarms.json>    [{key, title, body, state: "firing" | "resolved"}]; `-` reads standard input
// Environment: TOKEN (issues: write), GITHUB_REPOSITORY; GITHUB_API_URL, ISSUES_AUTHOR.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { openRepository } from "./github.mjs";
import { block } from "./markdown.mjs";
import { oneLine, stop } from "./runner.mjs";

const LABEL = "ofac-ledger";
/** Longest title that GitHub takes. */
const TITLE = 256;

/**
 * Makes the open issues say what the alarms say. An alarm that is not in the list is over.
 * @returns numbers of the issues that were opened, changed and closed
 */
export async function syncIssues(alarms, repository, author) {
  const open = await ownIssues(repository, author);
  const report = { opened: [], changed: [], closed: [] };
  for (const alarm of alarms.filter(({ state }) => state === "firing")) {
    const mark = markOf(alarm.key);
    const wanted = { title: titleOf(alarm), body: bodyOf(alarm) };
    const [first, ...doubles] = open.get(mark) ?? [];
    open.delete(mark);
    if (first === undefined) {
      const { body: issue } = await repository.post("issues", { ...wanted, labels: [LABEL] });
      report.opened.push(issue.number);
    } else if (first.body !== wanted.body || first.title !== wanted.title) {
      await repository.patch(`issues/${first.number}`, wanted);
      report.changed.push(first.number);
    }
    for (const double of doubles) report.closed.push(await close(repository, double, "not_planned"));
  }
  const resolved = new Map(alarms.map((alarm) => [markOf(alarm.key), alarm]));
  for (const [mark, issues] of open) {
    const last = resolved.get(mark);
    for (const issue of issues) {
      const words = last?.state === "resolved" && last.body !== "" ? `\n\n${block(last.body)}` : "";
      await repository.post(`issues/${issue.number}/comments`, { body: `All clear: this is over.${words}` });
      report.closed.push(await close(repository, issue, "completed"));
    }
  }
  return report;
}

/**
 * Open issues with a mark of ours, the oldest first. Only those that we wrote: anybody may open an issue in a public
 * repository, and one with a forged mark would keep the real alarm from being raised.
 */
async function ownIssues(repository, author) {
  const issues = await repository.all("issues?state=open&sort=created&direction=asc&per_page=100");
  const own = new Map();
  for (const issue of issues) {
    const mark = /<!-- (ofac-ledger-alarm:[0-9a-f]{16}) -->/.exec(issue.body ?? "")?.[1];
    if (mark === undefined || issue.pull_request !== undefined || issue.user?.login !== author) continue;
    own.set(mark, [...(own.get(mark) ?? []), issue]);
  }
  return own;
}

async function close(repository, issue, reason) {
  await repository.patch(`issues/${issue.number}`, { state: "closed", state_reason: reason });
  return issue.number;
}

/** A key may hold anything; its hash cannot end the comment that it stands in. */
function markOf(key) {
  return `ofac-ledger-alarm:${createHash("sha256").update(String(key)).digest("hex").slice(0, 16)}`;
}

function titleOf({ title }) {
  return [...oneLine(title)].slice(0, TITLE).join("");
}

function bodyOf({ key, body }) {
  return `<!-- ${markOf(key)} -->\n${block(body)}\n\nThis issue was opened by the watchdog and is closed by it when the state is over.`;
}

/** @throws Error naming the entry that is no alarm */
export function readAlarms(text) {
  const alarms = JSON.parse(text);
  if (!Array.isArray(alarms)) throw new Error(`expected a list of alarms, found ${typeof alarms}`);
  for (const [i, alarm] of alarms.entries()) {
    const sound = ["key", "title", "body"].every((member) => typeof alarm?.[member] === "string");
    if (!sound || !["firing", "resolved"].includes(alarm.state))
      throw new Error(
        `alarm ${i}: expected key, title, body and state (firing or resolved), found ${JSON.stringify(alarm).slice(0, 200)}`,
      );
  }
  return alarms;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv[2]);

async function main(path) {
  if (path === undefined) stop("expected: issues.mjs <alarms.json>", 2);
  try {
    const alarms = readAlarms(readFileSync(path === "-" ? 0 : path, "utf8"));
    const author = process.env["ISSUES_AUTHOR"] ?? "github-actions[bot]";
    console.log(JSON.stringify(await syncIssues(alarms, openRepository(), author)));
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}
