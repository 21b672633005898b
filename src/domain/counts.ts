import type { ChangeSet } from "./change.ts";
import type { ChangeCounts } from "./record.ts";
import { countTypes } from "./state.ts";

/** Added, removed and changed parties of a change set, by type. */
export function changeCounts(set: Pick<ChangeSet, "changes">): ChangeCounts {
  const of = (op: string) => countTypes(set.changes.filter((c) => c.op === op).map((c) => c.type));
  return { added: of("add"), removed: of("remove"), changed: of("modify") };
}

/** All parties of a count. */
export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}
