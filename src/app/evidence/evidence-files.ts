import { canonicalJson, type Instant, type PlannedArtifact, sha256 } from "../../domain/index.ts";
import { jsonBytes, type LedgerFiles } from "../../ledger/index.ts";
import type { LookedStretch } from "../../render/index.ts";
import type { Published } from "../site/published.ts";
import { type LatencyFile, latencies } from "./latency.ts";
import { type LooksFile, readLooks } from "./looks.ts";

const ROOT = "api/v1";

/** The evidence as JSON: every month of looks as it is kept, and how long each publication took. */
export function planEvidence(evidence: LedgerFiles, published: Published): PlannedArtifact[] {
  const looks = readLooks(evidence);
  const latency = latencies(evidence, published);
  return [
    ...looks.map((month) => planned(`${ROOT}/looks/${month.month}.json`, month)),
    planned(`${ROOT}/latency.json`, latency satisfies LatencyFile),
  ];
}

function planned(path: string, content: unknown): PlannedArtifact {
  return {
    path,
    mediaType: "application/json",
    inputsHash: sha256(canonicalJson([path, content])),
    render: () => jsonBytes(content),
  };
}

/** Months back from the newest look that pages tell of. */
const MONTHS = 3;

/** Looks of the last months, and the stretches that they make. */
export function recentLooks(months: readonly LooksFile[]): {
  readonly at: readonly Instant[];
  readonly stretches: readonly LookedStretch[];
} {
  const stretches = months.slice(-MONTHS).flatMap((month) => month.stretches);
  return {
    at: stretches.flatMap(({ looks }) => looks.map(({ at }) => at)),
    stretches: stretches.flatMap(({ found, looks }) => {
      const [first, last] = [looks[0], looks.at(-1)];
      if (first === undefined || last === undefined) return [];
      const gaps = looks.flatMap(({ gap }) => (gap === null ? [] : [gap]));
      return [
        {
          from: first.at,
          to: last.at,
          looks: looks.reduce((sum, { count }) => sum + count, 0),
          longestGap: gaps.length === 0 ? null : Math.max(...gaps),
          found: found.map(({ source, state, failure, hash }) => ({ source, state, failure, hash })),
        },
      ];
    }),
  };
}
