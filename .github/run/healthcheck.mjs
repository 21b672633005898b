// Healthy: every watched list was looked at with success lately. For the container, and for any monitor that runs a command.
// usage: node healthcheck.mjs [<hours>] [<command> [<argument>…]]      default: 6 hours, ofac-ledger
import { spawnSync } from "node:child_process";

const [hours = "6", command = "ofac-ledger", ...args] = process.argv.slice(2);
const most = Number(hours);
if (!(most > 0)) end(2, `expected a number of hours, found ${hours}`);
const done = spawnSync(command, [...args, "status", "--json"], { encoding: "utf8" });
if (done.status !== 0)
  end(1, `status ended with exit code ${done.status ?? done.error}: ${done.stderr ?? ""}`);
const { at, sources } = JSON.parse(done.stdout);
const lists = sources.filter(
  ({ source, lastLook }) => ["sdn", "consolidated"].includes(source) && lastLook !== null,
);
if (lists.length === 0) end(1, "no list was ever looked at");
const late = lists.filter(
  ({ lastSuccess }) => lastSuccess === null || Date.parse(at) - Date.parse(lastSuccess) > most * 3_600_000,
);
if (late.length > 0)
  end(
    1,
    late
      .map(({ source, lastSuccess }) => `${source}: last looked at with success ${lastSuccess ?? "never"}`)
      .join("; "),
  );
end(0, `${lists.map(({ source, lastSuccess }) => `${source} ${lastSuccess}`).join(", ")}`);

function end(code, message) {
  console.log(message);
  process.exit(code);
}
