import type { ComposedParty } from "../support/compose-legacy.ts";
import type { ComposedNotice, Misbehaviour } from "../support/ofac-stand-in/index.ts";
import type { Death } from "./deaths.ts";

/** One day of the story, as the tables of days spell it. Times are UTC, `HH:MM`, in order. */
export interface StoryDay {
  /** US Eastern date. */
  readonly date: string;
  /** What happens, in a sentence. */
  readonly story: string;
  readonly steps: readonly StoryStep[];
  /** Headlines of the records that this day adds, in the order of the ledger: by list, then as they came. */
  readonly headlines?: readonly string[];
  /** Digests that arrive on this day, in any order: `<subscription>: <subject>`. */
  readonly mail?: readonly string[];
  /** What the watchdog says on this day, in order: `<alarm> fires`, `<alarm> goes on`, `<alarm> is over`. */
  readonly alarms?: readonly string[];
}

export type StoryStep =
  | { readonly do: "publish"; readonly at: string; readonly what: StoryPublication }
  | { readonly do: "trouble"; readonly at: string; readonly what: readonly Misbehaviour[] }
  | { readonly do: "mend"; readonly at: string }
  | { readonly do: "mail-trouble"; readonly at: string; readonly greeting: number | undefined }
  | {
      readonly do: "look";
      readonly at: string;
      /** Where this run dies; what it leaves is the next look's to mend. */
      readonly dies?: Death;
      /** A second runner starts from the same commit at the same time. */
      readonly race?: true;
    }
  | { readonly do: "watch"; readonly at: string; readonly dies?: Death }
  /** What an operator types in a clone of the ledger, and pushes. */
  | {
      readonly do: "operator";
      readonly at: string;
      readonly command: readonly string[];
      /** What OFAC's file of the SDN list should have said, and says from now on; the operator has it beside the ledger. */
      readonly amends?: ListEdit;
    };

/** What OFAC changes at once, by list. */
export interface StoryPublication {
  readonly sdn?: ListEdit;
  readonly consolidated?: ListEdit;
  /** OFAC's own delta names these changes. */
  readonly delta?: boolean;
  readonly notices?: readonly ComposedNotice[];
}

export interface ListEdit {
  readonly add?: readonly ComposedParty[];
  readonly remove?: readonly number[];
  /** Members put over those of a party, by uid. */
  readonly change?: Readonly<Record<number, Partial<ComposedParty>>>;
}

export function publish(at: string, what: StoryPublication = {}): StoryStep {
  return { do: "publish", at, what };
}

/** A scheduled run of the workflows: track, deploy when something changed, send. */
export function look(at: string, how: { readonly dies?: Death; readonly race?: true } = {}): StoryStep {
  return { do: "look", at, ...how };
}

/** A scheduled run of the watchdog's workflow. */
export function watch(at: string, how: { readonly dies?: Death } = {}): StoryStep {
  return { do: "watch", at, ...how };
}

/** From now on something goes wrong at OFAC's end. */
export function trouble(at: string, ...what: readonly Misbehaviour[]): StoryStep {
  return { do: "trouble", at, what };
}

/** OFAC works again. */
export function mend(at: string): StoryStep {
  return { do: "mend", at };
}

/** The mail server greets with this code from now on; with undefined as it should. */
export function mailServer(at: string, greeting: number | undefined): StoryStep {
  return { do: "mail-trouble", at, greeting };
}

export function operator(at: string, command: readonly string[], amends?: ListEdit): StoryStep {
  return { do: "operator", at, command, ...(amends === undefined ? {} : { amends }) };
}
