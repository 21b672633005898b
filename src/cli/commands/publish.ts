import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Command } from "commander";
import { build, heads, nodeFiles } from "../../app/index.ts";
import { type Hash, sha256, UsageError } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openExisting } from "../context.ts";
import { rendererId } from "../package-root.ts";
import { requireApart } from "../places.ts";
import { withCommon } from "../program.ts";
import { loadTemplates } from "../templates.ts";

interface BuildFlags extends CommonOptions {
  readonly out: string;
  readonly full?: boolean;
}

export function registerPublish(program: Command, done: (code: number) => void): void {
  withCommon(program.command("build"))
    .description("render site, feeds and JSON from the ledger")
    .option("--out <dir>", "folder of the site", "public")
    .option("--full", "render everything, whatever the last build says")
    .action(async (flags: BuildFlags) => {
      requireApart(flags.out, flags.ledger);
      const context = await openExisting(flags);
      if (!hasRecords(context)) {
        throw new UsageError(
          "no-records",
          `--ledger: expected a ledger with records, found none in ${flags.ledger}. Check the path; a site of nothing would ` +
            `take the place of what ${flags.out} holds. Nothing was touched.`,
        );
      }
      context.output.json(await buildSite(context, flags));
      done(0);
    });
}

/** Whether there is anything to render: a site of nothing never takes the place of a site. */
export function hasRecords({ files }: Pick<CommandContext, "files">): boolean {
  return heads(files).length > 0;
}

/** Renders the site and says how many files were touched. */
export async function buildSite(context: CommandContext, flags: { out: string; full?: boolean }) {
  const report = await build(context.files, context.config, nodeFiles, {
    evidence: context.evidence,
    out: flags.out,
    full: flags.full ?? false,
    templates: loadTemplates(),
    renderer: rendererId(),
    cards: loadFonts(),
  });
  const { written, unchanged, removed } = report;
  context.output.line(
    `site: ${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed in ${flags.out}`,
  );
  const facts = { out: flags.out, written, unchanged: unchanged.length, removed };
  return facts;
}

/** Public Sans as its npm package carries it: no machine need have a font. */
function loadFonts(): { files: string[]; hash: Hash } {
  const { resolve } = createRequire(import.meta.url);
  const files = ["400Regular/PublicSans_400Regular.ttf", "700Bold/PublicSans_700Bold.ttf"].map((name) =>
    resolve(`@expo-google-fonts/public-sans/${name}`),
  );
  return { files, hash: sha256(Buffer.concat(files.map((file) => readFileSync(file)))) };
}
