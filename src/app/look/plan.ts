import type { ChangeSet, DateBasis, Hash, IsoDate, Issue, ListState } from "../../domain/index.ts";
import type { AppPorts } from "../ports.ts";
import type { Deltas } from "../witnesses/deltas.ts";
import type { HeldRemovals } from "./checks.ts";
import type { Look } from "./look.ts";
import type { PublicationHistory, PublicationSpan } from "./publications.ts";
import { type Standing, standingState } from "./standing.ts";

/** What is to become of a look, decided and not yet written. */
export interface Plan {
  readonly standing: Standing;
  /** As it was, or failed when the gate refused what was read. */
  readonly look: Look;
  readonly held: HeldRemovals | undefined;
  /** What is to be recorded; undefined when nothing is. */
  readonly change: Change | undefined;
}

/** A change of a list, or its baseline. */
export interface Change {
  readonly before: ListState | null;
  /** The list as it will be recorded: with the removals that wait still in it. */
  readonly after: ListState;
  readonly set: ChangeSet;
  readonly span: PublicationSpan;
  readonly date: IsoDate | null;
  readonly dateBasis: DateBasis;
  readonly issues: readonly Issue[];
  readonly unconfirmed: boolean;
}

/** What plans are made with. */
export interface Planning {
  readonly ports: AppPorts;
  readonly history: PublicationHistory;
  readonly deltas: Deltas;
  /** A list as the ledger has it, read when first wanted; `beside`: the same list as it was read just now. */
  stateOf(standing: Standing, beside?: ListState): ListState | null;
  /** The other list as the ledger has it. */
  otherOf(standing: Standing): ListState | null;
  readonly accept: Hash | undefined;
}

/** The states of the ledger, each read once and only when it is wanted: the SDN list has some 19,000 parties. */
export function openPlanning(
  all: readonly Standing[],
  parts: Omit<Planning, "stateOf" | "otherOf">,
): Planning {
  const read = new Map<Standing, ListState | null>();
  const stateOf = (standing: Standing, beside?: ListState): ListState | null => {
    const state = read.get(standing) ?? standingState(parts.ports.files, standing, beside);
    read.set(standing, state);
    return state;
  };
  return {
    ...parts,
    stateOf,
    otherOf: (standing) => {
      const other = all.find((one) => one.list !== standing.list);
      return other === undefined ? null : stateOf(other);
    },
  };
}

/** What a look that has read a list came with. */
export type ReadLook = Extract<Look, { outcome: "read" }>;

/** What is to become of a look. What guards and compares is loaded when a list was read: most looks find nothing new. */
export async function planFor(standing: Standing, look: Look, planning: Planning): Promise<Plan> {
  if (look.outcome !== "read") return { standing, look, held: standing.held, change: undefined };
  const { planRead } = await import("./plan-read.ts");
  return planRead(standing, look, planning);
}
