import { type JudgeConfig, ruleTable } from "./config.ts";
import { PROGRAM_ENDS } from "./data/program-ends.ts";
import { PROGRAM_RENAMES } from "./data/program-renames.ts";
import { SAME_WORDINGS } from "./data/same-wordings.ts";
import type { RuleRow } from "./rule.ts";
import { JUDGE_VERSION } from "./rules/index.ts";

const SCOPES: readonly (readonly [scope: RuleRow["scope"], title: string])[] = [
  ["party", "Parties that came or went"],
  ["field", "Fields of changed parties"],
  ["event", "Events that level nothing themselves"],
];

/**
 * The documentation page of the rules as Markdown: the table with its reasons and sources, and the tables of
 * knowledge it rests on. Generated, so that it cannot say anything else than what is judged.
 */
export function rulesPage(config: JudgeConfig = {}): string {
  const rows = ruleTable(config);
  const parts = SCOPES.flatMap(([scope, title]) => [
    `## ${title}`,
    ...table(rows.filter((row) => row.scope === scope)),
    ...rows.filter((row) => row.scope === scope).map(reasons),
  ]);
  return `${[
    "# How changes are judged",
    `Version ${JUDGE_VERSION} of the table. Two questions, two axes: *legal effect* — does my exposure change? — and ` +
      "*screening effect* — must I re-run? The first rule that fits judges; every change, and every field of a " +
      "changed party, has exactly one. Levels: critical, major, minor, cosmetic, none.",
    ...parts,
    "## Program tags that were merely renamed",
    ...PROGRAM_RENAMES.map((one) => `- ${one.date}: \`${one.from}\` to \`${one.to}\`. ${one.source}`),
    "## Programs that were ended",
    ...PROGRAM_ENDS.map((one) => `- ${one.date}: \`${one.tag}\`. ${one.source}`),
    "## Wordings that mean the same",
    ...SAME_WORDINGS.map((one) => `- "${one.from}" and "${one.to}". ${one.source}`),
  ].join("\n\n")}\n`.replace(/(?<=\n- [^\n]*)\n\n(?=- )/g, "\n");
}

function table(rows: readonly RuleRow[]): string[] {
  const lines = rows.map(
    (row) =>
      `| \`${row.id}\` | ${row.title} | ${areasOf(row)} | ${row.actions.join(", ")} | ${row.legalEffect} | ${row.screeningEffect} |`,
  );
  return [
    [
      "| rule | what | areas | actions | legal | screening |",
      "| --- | --- | --- | --- | --- | --- |",
      ...lines,
    ].join("\n"),
  ];
}

/** More than a dozen areas are as good as all. */
function areasOf(row: RuleRow): string {
  return row.areas.length > 12 ? `${row.areas.length} areas` : row.areas.join(", ");
}

function reasons(row: RuleRow): string {
  return `- \`${row.id}\`: ${row.why} Source: ${row.source.replace(/\.$/, "")}.`;
}
