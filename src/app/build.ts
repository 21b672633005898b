import type { PlannedArtifact } from "../domain/index.ts";
import type { LedgerFiles } from "../ledger/index.ts";
import { type PublishFiles, type PublishReport, publish } from "../publish/index.ts";
import { compileTemplates, planSite, type TemplateSources } from "../render/index.ts";
import type { ConfigFile } from "./config.ts";
import { heads } from "./history.ts";
import { readPublished, siteFacts } from "./published.ts";

export interface BuildOptions {
  readonly out: string;
  /** Render everything, whatever the last build says. */
  readonly full?: boolean;
  readonly templates: TemplateSources;
  /** Version of the renderer. */
  readonly renderer: string;
}

/** Renders the site from the ledger and puts it in place, touching only what changed. */
export function build(
  files: LedgerFiles,
  config: ConfigFile,
  target: PublishFiles,
  options: BuildOptions,
): Promise<PublishReport> {
  const { records, context, observations } = readPublished(files);
  const plan: PlannedArtifact[] = planSite(
    { records, heads: heads(files), context, observations, site: siteFacts(config, options.renderer) },
    compileTemplates(options.templates),
  );
  return publish(plan, options.out, target, { full: options.full ?? false });
}
