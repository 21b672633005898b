/** So many letters may be wrong in a word that is still taken for another: one in three. */
const SHARE = 3;

/** The known word that somebody most likely meant; undefined where none is close. Capitals do not count. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const [best] = known
    .map((one) => ({ one, distance: distance(wanted, one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(wanted.length / SHARE))
    ? best.one
    : undefined;
}

/** Letters to add, take away or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
