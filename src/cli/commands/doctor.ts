import { resolveTxt } from "node:dns/promises";
import type { Command } from "commander";
import { check, doctor } from "../../app/index.ts";
import { SourceError } from "../../domain/index.ts";
import { type CommonOptions, openContext } from "../context.ts";
import { mailSecrets } from "../mail-secrets.ts";
import { packageVersion } from "../package-root.ts";
import { withCommon } from "../program.ts";
import { readSubscriptionsText } from "../subscriptions.ts";
import { loadTemplates } from "../templates.ts";

interface DoctorFlags extends CommonOptions {
  readonly dns?: boolean;
  readonly sources?: boolean;
}

const MARKS = { ok: "ok", advice: "advice", fault: "FAULT", "not-checked": "not checked" } as const;

export function registerDoctor(program: Command, done: (code: number) => void): void {
  withCommon(program.command("doctor"))
    .description("check everything that sending needs; sends nothing")
    .option("--dns", "also ask the DNS for the DKIM record and the DMARC policy")
    .option("--sources", "also ask the sources")
    .action(async (flags: DoctorFlags) => {
      const context = await openContext(flags);
      const report = await doctor({
        files: context.files,
        config: context.config,
        now: context.now,
        templates: loadTemplates(),
        renderer: packageVersion(),
        secrets: mailSecrets,
        subscriptions: () => readSubscriptionsText(context.config),
        ...(flags.dns === true ? { resolve: txtRecords } : {}),
        ...(flags.sources === true ? { sources: async () => check(await context.network()) } : {}),
      });
      context.progress.end();
      for (const { check: what, state, says } of report.findings) {
        context.output.line(`${MARKS[state].padEnd(11)} ${what}: ${says}`);
      }
      context.output.json(report);
      done(report.exitCode);
    });
}

/** Texts of a name's TXT records, their strings joined (RFC 6376 §3.6.2.2); none where there are none. */
async function txtRecords(name: string): Promise<string[]> {
  try {
    return (await resolveTxt(name)).map((strings) => strings.join(""));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOTFOUND" || code === "ENODATA") return [];
    throw new SourceError(
      "dns",
      `expected an answer of the DNS for ${name}, found ${typeof code === "string" ? code : "none"}. Check the network.`,
      { cause: error },
    );
  }
}
