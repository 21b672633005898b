// Asks the watchdog for its alarms, and keeps an issue for each where that is wanted.
// Environment: TOKEN (issues: write), GITHUB_REPOSITORY; the secrets of the channels that it alarms through.
// Outputs: status, alarms.
import { openRepository } from "./github.mjs";
import { readAlarms, syncIssues } from "./issues.mjs";
import { facts, ledgerCommand, output, plan, stop, timed, writeFacts } from "./runner.mjs";

const { issues } = plan();
const { status, stdout } = timed("watchdog", () => ledgerCommand(["watchdog", "--json"]));
const report = facts(stdout, null);
if (report === null)
  stop(`watchdog ended with exit code ${status} and said nothing`, status === 0 ? 1 : status);
try {
  const alarms = readAlarms(JSON.stringify(report.issues));
  if (issues) {
    const author = process.env["ISSUES_AUTHOR"] ?? "github-actions[bot]";
    console.log(JSON.stringify(await syncIssues(alarms, openRepository(), author)));
  }
  writeFacts("watchdog.json", { status, alarms });
  output("status", status);
  output("alarms", alarms.filter(({ state }) => state === "firing").length);
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
