/** A feed cut into documents: the newest entries, and archives that never change once they are full. */
export interface FeedPages<T> {
  /** Newest first; between one and two archives' worth, as far as there are that many. */
  readonly current: readonly T[];
  /** Number 1 holds the oldest; each newest first. */
  readonly archives: readonly (readonly T[])[];
}

/** Entries per archive document. Changing it would move entries between documents, though not their ids. */
const PER_ARCHIVE = 50;

/** Cuts news, given oldest first, along RFC 5005 §4: archives are full and final, the feed overlaps none. */
export function feedPages<T>(news: readonly T[], size: number = PER_ARCHIVE): FeedPages<T> {
  const count = Math.max(0, Math.floor(news.length / size) - 1);
  const archives = Array.from({ length: count }, (_, at) => news.slice(at * size, (at + 1) * size).reverse());
  return { current: news.slice(count * size).reverse(), archives };
}
