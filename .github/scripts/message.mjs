// The commit message of what an update recorded: its headline, with what proves it as trailers.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { oneLine } from "./runner.mjs";

/**
 * @param report what `update --json` printed
 * @param folder the ledger, whose heads hold the hashes
 * @returns subject and trailers; foreign text stays on its line, so it can neither forge a trailer nor end one
 */
export function messageOf(report, folder) {
  const fresh = report.lists.filter((list) => list.headline !== null);
  if (fresh.length === 0) return subjectWithout(report);
  const subject = fresh.map((list) => oneLine(list.headline)).join(" | ");
  return `${subject}\n\n${fresh.flatMap((list) => trailers(list, folder)).join("\n")}`;
}

/** Notices, press releases and comparisons come by themselves, too. */
function subjectWithout({ context = [] }) {
  if (context.length === 0) return "Note a look at the sources";
  const ids = context.map(({ id }) => oneLine(id));
  return `Note what was said: ${ids.slice(0, 3).join(", ")}${ids.length > 3 ? ` and ${ids.length - 3} more` : ""}`;
}

function trailers(list, folder) {
  const hash = recordHash(list, folder);
  return [
    `Publication: ${oneLine(list.id)}`,
    ...(hash === undefined ? [] : [`Record: ${hash}`]),
    `State: ${oneLine(list.stateHash)}`,
    ...["added", "removed", "changed"].map((group) => `${capital(group)}: ${countsOf(list.counts?.[group])}`),
  ];
}

/** The head names the newest record with its hash; a head of another record says nothing of this one. */
function recordHash(list, folder) {
  const path = join(folder, list.list, "live", "head.json");
  if (!existsSync(path)) return undefined;
  const head = JSON.parse(readFileSync(path, "utf8"));
  return head.id === list.id ? oneLine(head.hash) : undefined;
}

/** `entity=4 individual=1`, or 0. */
function countsOf(counts = {}) {
  const all = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return all.length === 0 ? "0" : all.map(([type, count]) => `${oneLine(type)}=${count}`).join(" ");
}

function capital(word) {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
