import { type Delta, type DeltaFacts, LedgerError } from "../../domain/index.ts";
import { createPublicApi, FetchError } from "../../sources/index.ts";
import { issueOf } from "../look/health.ts";
import type { PublicationHistory } from "../look/publications.ts";
import type { AppPorts } from "../ports.ts";

/** OFAC's own deltas, each fetched once in a run at the most. */
export interface Deltas {
  /** What they say together; null when none of them could be had. One that cannot be had is a warning. */
  facts(publications: readonly number[]): Promise<DeltaFacts | null>;
  /** What one of them says; null when it cannot be had. That OFAC does not have it (yet) is no warning. */
  one(publication: number): Promise<DeltaFacts | null>;
}

export function openDeltas(ports: AppPorts, history: PublicationHistory): Deltas {
  const api = createPublicApi(ports.fetcher, ports.settings);
  const read = new Map<number, Delta | null>();
  const readOnce = async (publication: number, isNeeded: boolean): Promise<Delta | null> => {
    const known = read.get(publication);
    if (known !== undefined) return known;
    const delta = await fetchDelta(publication, isNeeded);
    read.set(publication, delta);
    return delta;
  };
  const fetchDelta = async (publication: number, isNeeded: boolean): Promise<Delta | null> => {
    try {
      ports.progress.line(`reading OFAC's delta of publication ${publication}`);
      const document = await api.delta(publication);
      // Loaded when there is one: most runs ask for none.
      const { parseDelta } = await import("./read-delta.ts");
      return parseDelta(document.bytes, document.name);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      const isAbsent = error instanceof FetchError && error.facts.status === 404;
      if (isNeeded || !isAbsent) history.warn(issueOf(error, `changes/${publication}`));
      return null;
    }
  };
  return {
    async facts(publications) {
      const had: { publication: number; delta: Delta }[] = [];
      for (const publication of publications) {
        const delta = await readOnce(publication, true);
        if (delta !== null) had.push({ publication, delta });
      }
      return had.length === 0 ? null : factsOf(had);
    },
    async one(publication) {
      const delta = await readOnce(publication, false);
      return delta === null ? null : factsOf([{ publication, delta }]);
    },
  };
}

async function factsOf(
  had: readonly { readonly publication: number; readonly delta: Delta }[],
): Promise<DeltaFacts> {
  const { deltaFacts } = await import("./read-delta.ts");
  return deltaFacts(had);
}
