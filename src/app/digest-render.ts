import { compareText, type Instant, LISTS } from "../domain/index.ts";
import type { LedgerFiles } from "../ledger/index.ts";
import type { DueItem, MessageLinks, Rendered } from "../notify/index.ts";
import {
  compileTemplates,
  inlineStyles,
  renderDigest,
  renderUnchanged,
  type TemplateSources,
} from "../render/index.ts";
import { readCheck } from "./checks.ts";
import type { ConfigFile } from "./config.ts";
import { type Published, siteFacts } from "./published.ts";

/** What the words of a mail are made with. */
export interface DigestPorts {
  readonly files: LedgerFiles;
  readonly config: ConfigFile;
  readonly templates: TemplateSources;
  readonly renderer: string;
}

/** When every list was last looked at with success: the older of the two; null when one never was. */
export function lastLook(files: LedgerFiles): Instant | null {
  const looks = LISTS.map((list) => readCheck(files, list)?.health.lastSuccess ?? null);
  const known = looks.filter((look) => look !== null).sort(compareText);
  return known.length === looks.length ? (known[0] ?? null) : null;
}

/** Writes what is due in words; the same for a mail, a dry run and a preview. */
export function digestRenderer(
  ports: DigestPorts,
  published: Published,
): (item: DueItem, links: MessageLinks) => Rendered {
  const templates = compileTemplates(ports.templates, inlineStyles);
  const site = siteFacts(ports.config, ports.renderer);
  const stored = new Map(published.records.map((one) => [one.hash, one]));
  return (item, links) => {
    const subscription = { id: item.subscription.id, notes: [], unsubscribe: links.unsubscribe };
    if (item.kind === "unchanged") {
      return renderUnchanged({ site, lookedAt: lastLook(ports.files), subscription }, templates);
    }
    const publications = item.publications.flatMap(({ hash, match }) => {
      const found = stored.get(hash);
      return found === undefined ? [] : [{ ...found, uids: match.uids, open: match.open }];
    });
    return renderDigest(
      {
        publications,
        context: published.context,
        observations: published.observations,
        site,
        subscription,
      },
      templates,
    );
  };
}
