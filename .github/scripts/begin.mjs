// Reads the inputs of the action once, checks them, and writes the plan that its other steps follow.
// Environment: INPUT_<NAME> for every input that is no secret. Outputs: true or false for each stage, and branches.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SETTINGS, STAGES, settingVariable, variableOf } from "./inputs.mjs";
import { output, ROOT, stop, workPath } from "./runner.mjs";

const DEFAULT_CONFIG = "ofac-ledger.config.json";
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;

const text = (name) => (process.env[variableOf(name)] ?? "").trim();

// A job may use the action more than once: what an earlier use left is no result of this one.
for (const name of [
  "plan.json",
  "timings.ndjson",
  "update.json",
  "record.json",
  "site.json",
  "send.json",
  "watchdog.json",
])
  rmSync(workPath(name), { force: true });
const stages = stagesOf(text("stages"));
const watchdogBranch = stages.includes("watchdog") ? branchName("watchdog-branch") : null;
const set = settings();
const plan = {
  stages,
  cli: fileURLToPath(new URL("dist/cli/main.js", ROOT)),
  ledger: text("ledger"),
  out: text("out"),
  config: text("config") === "" ? null : text("config"),
  settings: set,
  accept: text("accept"),
  force: flag("force"),
  resendUnknown: flag("resend-unknown"),
  tryAgain: subscriptionIds(text("try-again")),
  issues: flag("issues"),
  releases: flag("releases"),
  evidenceBranch: branchName("evidence-branch"),
  rawBranch: branchName("raw-branch"),
  watchdogBranch,
  deployedAt: text("deployed-at"),
  siteUrl: siteUrl(set),
};
for (const name of ["ledger", "out"]) {
  if (plan[name] === "") stop(`expected a folder as input ${name}, found nothing`, 2);
}
writeFileSync(workPath("plan.json"), `${JSON.stringify(plan)}\n`);
for (const stage of STAGES) output(stage, stages.includes(stage));
output(
  "branches",
  [plan.evidenceBranch, plan.rawBranch, plan.watchdogBranch].some((name) => name !== null),
);

function stagesOf(words) {
  const asked = words.split(/[\s,]+/).filter((word) => word !== "");
  const unknown = asked.find((word) => !STAGES.includes(word));
  if (unknown !== undefined || asked.length === 0)
    stop(`expected some of ${STAGES.join(", ")} as input stages, found "${words}"`, 2);
  return STAGES.filter((stage) => asked.includes(stage));
}

/** Settings as variables, which come before the settings file. Whether they are good, the command line says. */
function settings() {
  const given = Object.entries(SETTINGS).map(([name, path]) => [settingVariable(path), text(name)]);
  const set = Object.fromEntries(given.filter(([, value]) => value !== ""));
  const inFile = readConfig();
  const { GITHUB_REPOSITORY: repository = "", GITHUB_SERVER_URL: server = "https://github.com" } =
    process.env;
  const [owner = "", name = ""] = repository.split("/");
  const fallBack = (path, value) => {
    const [room, member] = path;
    const variable = settingVariable(path);
    if (inFile[room]?.[member] === undefined && (process.env[variable] ?? "") === "") set[variable] ??= value;
  };
  if (owner !== "" && name !== "") {
    fallBack(["site", "baseUrl"], pagesUrl(owner.toLowerCase(), name));
    fallBack(["site", "repositoryUrl"], `${server}/${repository}`);
  }
  if (branchName("evidence-branch") !== null)
    set[settingVariable(["evidence", "dir"])] = workPath("evidence");
  if (branchName("raw-branch") !== null) set[settingVariable(["raw", "dir"])] = workPath("raw");
  if (watchdogBranch !== null) set[settingVariable(["watchdog", "state"])] = workPath("watchdog/told.json");
  return set;
}

function siteUrl(settings) {
  const variable = settingVariable(["site", "baseUrl"]);
  return settings[variable] ?? process.env[variable] ?? readConfig().site?.baseUrl ?? null;
}

/** Where GitHub serves the pages of a repository that has no domain of its own. */
function pagesUrl(owner, name) {
  const host = `${owner}.github.io`;
  return name.toLowerCase() === host ? `https://${host}` : `https://${host}/${name}`;
}

/** Only to see what it says about the site; the command line reads and checks it itself. */
function readConfig() {
  const named = text("config");
  const path = named === "" ? DEFAULT_CONFIG : named;
  if (!existsSync(path)) {
    if (named === "") return {};
    stop(`expected a file as input config, found nothing at ${path}`, 2);
  }
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return stop(`${path}: expected JSON, found ${error instanceof Error ? error.message : error}`, 2);
  }
}

/** Ids go to the command line one by one, and none of them as an option. */
function subscriptionIds(words) {
  const ids = words.split(/[\s,]+/).filter((word) => word !== "");
  const wrong = ids.find((id) => id.startsWith("-"));
  if (wrong !== undefined) stop(`expected ids of subscriptions as input try-again, found "${wrong}"`, 2);
  return ids;
}

function flag(name) {
  if (!["true", "false", ""].includes(text(name)))
    stop(`expected true or false as input ${name}, found "${text(name)}"`, 2);
  return text(name) === "true";
}

function branchName(name) {
  if (text(name) === "") return null;
  if (!BRANCH.test(text(name)) || text(name).includes(".."))
    stop(`expected the name of a branch as input ${name}, found "${text(name)}"`, 2);
  return text(name);
}
