import { Errors } from "typebox/schema";
import { Settings } from "typebox/system";
import type { SchemaNode } from "./forms.ts";

/** One thing that is not as the schema says, as the library tells it. */
export type SchemaFault = ReturnType<typeof Errors>[1][number];

/** A variant of another type altogether is never meant while there is one of the value's type. */
const WHOLLY_OTHER = 1_000;

/** Without a limit of its own the library stops after a few, and the variant that was meant may come later. */
const MOST = 1_000;

/**
 * What is wrong with a value that does not fit, in the order of the schema. Of the variants of a union only those count
 * that were meant: whose tag (`op`, `area`) the value has.
 */
export function meantFaults(form: SchemaNode, value: unknown): SchemaFault[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MOST });
  try {
    return withoutOthers(Errors(form, value)[1]);
  } finally {
    Settings.Set({ maxErrors });
  }
}

function withoutOthers(all: readonly SchemaFault[]): SchemaFault[] {
  let left = [...all];
  for (const union of all.filter(({ keyword }) => keyword === "anyOf")) {
    const others = new Set(othersOf(union, left));
    left = left.filter((fault) => !others.has(fault));
  }
  return left;
}

/** The faults of variants in which more tags are wrong than in the best one. */
function othersOf(union: SchemaFault, all: readonly SchemaFault[]): SchemaFault[] {
  const variants = new Map<string, { readonly faults: SchemaFault[]; wrongTags: number }>();
  const root = `${union.schemaPath}/anyOf/`;
  for (const fault of all) {
    if (!fault.schemaPath.startsWith(root) || !isAtOrBelow(fault.instancePath, union.instancePath)) continue;
    const [index = "", ...deeper] = fault.schemaPath.slice(root.length).split("/");
    const variant = variants.get(index) ?? { faults: [], wrongTags: 0 };
    variant.faults.push(fault);
    const isTag = deeper.length === 2 && deeper[0] === "properties";
    if (isTag && (fault.keyword === "const" || fault.keyword === "enum")) variant.wrongTags += 1;
    if (deeper.length === 0 && fault.keyword === "type") variant.wrongTags += WHOLLY_OTHER;
    variants.set(index, variant);
  }
  const fewest = Math.min(...[...variants.values()].map(({ wrongTags }) => wrongTags));
  return [...variants.values()].filter(({ wrongTags }) => wrongTags > fewest).flatMap(({ faults }) => faults);
}

const isAtOrBelow = (path: string, above: string): boolean => path === above || path.startsWith(`${above}/`);
