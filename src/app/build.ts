import type { LedgerRecord, PlannedArtifact } from "../domain/index.ts";
import { knownPrograms } from "../judge/index.ts";
import type { LedgerFiles } from "../ledger/index.ts";
import { type PublishFiles, type PublishReport, publish } from "../publish/index.ts";
import { type CardFonts, compileTemplates, planSite, type TemplateSources } from "../render/index.ts";
import type { ConfigFile } from "./config/config.ts";
import { planEvidence } from "./evidence/evidence-files.ts";
import { heads } from "./past/history.ts";
import { partiesThen } from "./past/party-then.ts";
import { headStates } from "./past/state-walk.ts";
import { planApiFiles } from "./site/api-files.ts";
import { readPublished, siteFacts } from "./site/published.ts";
import { planRescreen } from "./site/rescreen-files.ts";
import { siteStatus } from "./site/site-status.ts";
import { planWallets } from "./site/wallet-files.ts";

export interface BuildOptions {
  readonly out: string;
  /** The folder of what is kept beside the ledger; missing: it lies in the ledger's own. */
  readonly evidence?: LedgerFiles;
  /** Render everything, whatever the last build says. */
  readonly full?: boolean;
  readonly templates: TemplateSources;
  /** Version of the renderer. */
  readonly renderer: string;
  /** Fonts for the pictures of shared links. */
  readonly cards?: CardFonts;
}

/** Renders the site from the ledger and puts it in place, touching only what changed. */
export function build(
  files: LedgerFiles,
  config: ConfigFile,
  target: PublishFiles,
  options: BuildOptions,
): Promise<PublishReport> {
  const evidence = options.evidence ?? files;
  const published = readPublished(files);
  const { records, context, observations } = published;
  const all = heads(files);
  const stateOf = headStates(files);
  const states = all.map((head) => ({
    list: head.list,
    segment: head.segment,
    origin: head.origin,
    parties: stateOf(head).parties,
  }));
  const programs = knownPrograms();
  const status = siteStatus(files, evidence, published);
  const then = new Map(
    all.map((head) => [`${head.list}/${head.segment}`, partiesThen(files, head, records, stateOf)]),
  );
  const partyThen = (record: LedgerRecord, uid: number) =>
    then.get(`${record.list}/${record.segment}`)?.(record)(uid);
  const input = { records, heads: all, context, observations, states, partyThen, programs, status };
  const site = siteFacts(config, options.renderer);
  const plan: PlannedArtifact[] = [
    ...planSite(
      { ...input, site, ...(options.cards === undefined ? {} : { cards: options.cards }) },
      compileTemplates(options.templates),
    ),
    ...planApiFiles({ files, heads: all, records, site, stateOf }),
    ...planEvidence(evidence, published),
    ...planRescreen(files, all, records, stateOf),
    ...planWallets(states, records),
  ];
  return publish(plan, options.out, target, { full: options.full ?? false });
}
