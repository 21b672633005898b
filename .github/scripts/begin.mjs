// Reads the inputs of the action once, checks them, and writes the plan that its other steps follow.
// Environment: INPUT_<NAME> for every input that is no secret. Outputs: true or false for each stage, and branches.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SETTINGS, STAGES, variableOf } from "./inputs.mjs";
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
const config = configuration();
const plan = {
  stages,
  cli: fileURLToPath(new URL("dist/cli/main.js", ROOT)),
  ledger: text("ledger"),
  out: text("out"),
  config: writeConfig(config),
  accept: text("accept"),
  force: flag("force"),
  issues: flag("issues"),
  releases: flag("releases"),
  evidenceBranch: branchName("evidence-branch"),
  rawBranch: branchName("raw-branch"),
  watchdogBranch: stages.includes("watchdog") ? branchName("watchdog-branch") : null,
  siteUrl: config.site?.baseUrl ?? null,
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

/** The file's settings with the inputs over them; where the site is going to be, when nobody said. */
function configuration() {
  const path = text("config") === "" ? DEFAULT_CONFIG : text("config");
  if (text("config") !== "" && !existsSync(path))
    stop(`expected a file as input config, found nothing at ${path}`, 2);
  const settings = existsSync(path) ? readConfig(path) : {};
  for (const [name, { path: members, kind }] of Object.entries(SETTINGS)) {
    if (text(name) !== "") put(settings, members, settingOf(name, kind));
  }
  const { GITHUB_REPOSITORY: repository = "", GITHUB_SERVER_URL: server = "https://github.com" } =
    process.env;
  const [owner = "", name = ""] = repository.split("/");
  if (owner !== "" && name !== "") {
    settings.site ??= {};
    settings.site.baseUrl ??= pagesUrl(owner.toLowerCase(), name);
    settings.site.repositoryUrl ??= `${server}/${repository}`;
  }
  if (branchName("evidence-branch") !== null)
    settings.evidence = { ...settings.evidence, dir: workPath("evidence") };
  return settings;
}

/** Where GitHub serves the pages of a repository that has no domain of its own. */
function pagesUrl(owner, name) {
  const host = `${owner}.github.io`;
  return name.toLowerCase() === host ? `https://${host}` : `https://${host}/${name}`;
}

function readConfig(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return stop(`${path}: expected JSON, found ${error instanceof Error ? error.message : error}`, 2);
  }
}

function put(settings, members, value) {
  const last = members.at(-1);
  const holder = members.slice(0, -1).reduce((at, member) => {
    at[member] ??= {};
    return at[member];
  }, settings);
  holder[last] = value;
}

/** The value of a setting; whether it is a good one, the command line says with its schema. */
function settingOf(name, kind) {
  if (kind === "flag") return flag(name);
  if (kind === "number") {
    if (!/^\d+$/.test(text(name))) stop(`expected a number as input ${name}, found "${text(name)}"`, 2);
    return Number(text(name));
  }
  return kind === "words" ? text(name).split(/[\s,]+/) : text(name);
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

function writeConfig(settings) {
  if (Object.keys(settings).length === 0) return null;
  writeFileSync(workPath("config.json"), `${JSON.stringify(settings, null, 2)}\n`);
  return workPath("config.json");
}
