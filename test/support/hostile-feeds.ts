import { planSite, type SiteInput } from "../../src/render/index.ts";
import { comparedDays } from "./reconciliations.ts";
import { added, composeRecord, entity, removed } from "./records.ts";
import { showcase } from "./showcase.ts";
import { TEMPLATES } from "./site.ts";

/** Names as no list should have them, and as each must be read back from a feed. */
export const HOSTILE: readonly (readonly [name: string, read: string])[] = [
  ["EXAMPLE & SONS <LTD>", "EXAMPLE & SONS <LTD>"],
  ["EXAMPLE ]]> BANK", "EXAMPLE ]]> BANK"],
  ["<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
  ["&amp;lt;b&gt; \"double\" 'single'", "&amp;lt;b&gt; \"double\" 'single'"],
  ["شركة المثال (EXAMPLE)", "شركة المثال (EXAMPLE)"],
  ["חברה לדוגמה", "חברה לדוגמה"],
  ["A\u0000B\u0001C\u001bD\u0085E\uffffF", "A\ufffdB\ufffdC\ufffdD\ufffdE\ufffdF"],
  ["LEFT\u202eTHGIR\u2066X", "LEFTTHGIRX"],
  ["<!-- -- --> <?xml?> <![CDATA[x]]>", "<!-- -- --> <?xml?> <![CDATA[x]]>"],
];

/** A live chain long enough for archives, whose names are hostile, with notices and comparisons beside it. */
export function hostileInput(): SiteInput {
  const input = showcase();
  const records = [...input.records];
  let previous =
    records.filter(({ record }) => record.list === "sdn" && record.origin === "live").at(-1) ?? null;
  for (let n = 0; n < 130; n += 1) {
    const [name] = HOSTILE[n % HOSTILE.length] ?? ["", ""];
    const party = { ...entity(700_000 + n, name, [name, "SDGT"]), type: n % 3 === 0 ? name : "entity" };
    const date = new Date(Date.UTC(2023, 6, 1 + n)).toISOString().slice(0, 10);
    previous = composeRecord({ date, previous, changes: [n % 2 === 0 ? added(party) : removed(party)] });
    records.push(previous);
  }
  const after = previous?.record;
  if (after !== undefined) {
    records.push(
      composeRecord({
        date: "2023-11-20",
        previous,
        kind: "correction",
        changes: [added(entity(900_000, "CORRECTED & RIGHT"))],
        with: { id: `${after.id}-c1`, supersedes: after.id, reason: "A <composed> mistake & its correction" },
      }),
    );
  }
  return { ...input, records, context: [...input.context, ...comparedDays()] };
}

/** Every feed of a site by its path. */
export function feedsOf(input: SiteInput): Map<string, string> {
  return new Map(
    planSite(input, TEMPLATES)
      .filter(({ path }) => /(?:^|\/)feed\.(?:atom|xml|json)$|^feed\//u.test(path))
      .map(({ path, render }) => [path, new TextDecoder("utf-8", { fatal: true }).decode(render())]),
  );
}
