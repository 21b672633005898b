import { findTerm } from "../../fold.ts";
import type { WatchFile, WatchPublication } from "../../search-shape.ts";
import { at, make, name } from "./place.ts";
import type { Term } from "./terms.ts";

/** A party of a publication that has a term in one of its names. */
export interface Match {
  readonly publication: WatchPublication;
  readonly party: WatchPublication["parties"][number];
  readonly matched: string;
  readonly term: Term;
}

/** Every party of the newest publications that a term names, newest first. */
export function matchesOf({ publications }: WatchFile, terms: readonly Term[]): Match[] {
  return publications.flatMap((publication) =>
    publication.parties.flatMap((party) => {
      for (const term of terms) {
        const matched = party.names.find((one) => findTerm(one, term.words).length > 0);
        if (matched !== undefined) return [{ publication, party, matched, term }];
      }
      return [];
    }),
  );
}

const OPS = { add: "Added", remove: "Removed", modify: "Changed", unknown: "Seen differently" } as const;

/** A match as an item of a list. */
export function matchItem({ publication, party, matched }: Match): HTMLLIElement {
  const item = make("li");
  const link = make("a");
  link.href = at(`publications/${publication.id}/#party-${party.uid}`);
  link.append(name(party.names[0] ?? ""));
  item.append(`${OPS[party.op]}: `, link);
  if (matched !== party.names[0]) item.append(" (", name(matched), ")");
  item.append(make("span", "quiet", ` ${publication.headline}`));
  return item;
}
