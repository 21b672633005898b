/** So many letters may be wrong in a word that is still taken for another: one in three. */
const SHARE = 3;

/** No word that is known is longer, and the work grows with the length. */
const LONGEST = 64;

/**
 * The known word that somebody most likely meant: the one that takes the fewest letters changed, left out, put in or
 * swapped with their neighbour, the first of several; undefined where none is close. Capitals do not count.
 */
export function nearestWord(text: string, known: readonly string[]): string | undefined {
  const from = text.slice(0, LONGEST).toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(from.length / SHARE)) + 1;
  for (const word of known) {
    const steps = distance(from, word.toLowerCase());
    if (steps < least) [best, least] = [word, steps];
  }
  return best;
}

/** Optimal string alignment: rows of the usual table, with the two before the current one. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const at = (of: readonly number[], column: number) => of[column] ?? Number.POSITIVE_INFINITY;
      const steps = [at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same];
      next.push(Math.min(...steps, ...(swapped ? [at(before, j - 2) + 1] : [])));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? to.length;
}
