import { findTerm } from "../../fold.ts";
import type { Term } from "./terms.ts";

/** Marks every term in the text below an element; gives how often each was found. */
export function markTerms(below: Element, terms: readonly Term[]): Map<Term, number> {
  const counts = new Map<Term, number>();
  const walker = document.createTreeWalker(below, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (
      node instanceof Text &&
      node.parentElement?.closest("mark.term, textarea, svg, .watch-alert") === null
    ) {
      nodes.push(node);
    }
  }
  for (const node of nodes) markNode(node, terms, counts);
  return counts;
}

function markNode(node: Text, terms: readonly Term[], counts: Map<Term, number>): void {
  const found = terms
    .flatMap((term) => findTerm(node.data, term.words).map((range) => ({ ...range, term })))
    .sort((a, b) => b.from - a.from || b.to - a.to);
  let end = Number.POSITIVE_INFINITY;
  for (const { from, to, term } of found) {
    counts.set(term, (counts.get(term) ?? 0) + 1);
    if (to > end) continue;
    end = from;
    const rest = node.splitText(from);
    rest.splitText(to - from);
    const mark = document.createElement("mark");
    mark.className = "term";
    rest.replaceWith(mark);
    mark.append(rest);
  }
}
