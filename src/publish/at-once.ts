/**
 * Does the work of each item in turn, with at most `limit` pieces under way: a disk answers several at once, and no
 * rendering need wait for it. After a failure nothing more is begun, and what was begun has ended when this rejects.
 */
export async function eachAtOnce<T>(
  limit: number,
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const thrown: unknown[] = [];
  try {
    for (const item of items) {
      while (running.size >= limit) await Promise.race(running);
      if (thrown.length > 0) break;
      const piece = work(item)
        .catch((error: unknown) => void thrown.push(error))
        .finally(() => running.delete(piece));
      running.add(piece);
    }
  } finally {
    await Promise.all(running);
  }
  if (thrown.length > 0) throw thrown[0];
}
