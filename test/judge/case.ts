import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { diffStates } from "../../src/diff/index.ts";
import {
  type Coverage,
  type ListId,
  type ListState,
  type Party,
  partyLine,
  partyMap,
  sortChildren,
} from "../../src/domain/index.ts";
import type { FormerParty, JudgeInput } from "../../src/judge/index.ts";

const CASES = fileURLToPath(new URL("./cases/", import.meta.url));

/** What stands around a case; every party in it is composed. */
interface CaseContext {
  readonly list?: ListId;
  readonly coverage?: Coverage;
  readonly otherBefore?: readonly Party[];
  readonly otherAfter?: readonly Party[];
  readonly former?: readonly FormerParty[];
}

/** Names of all case folders: each is the id of the rule it is about. */
export function caseNames(): string[] {
  return readdirSync(CASES).sort();
}

/** The judgement a case expects. */
export function expectedOf(name: string): unknown {
  return read(name, "expected.json");
}

/** The input of a case. */
export function caseInput(name: string): JudgeInput {
  const context = (
    existsSync(`${CASES}${name}/context.json`) ? read(name, "context.json") : {}
  ) as CaseContext;
  return inputOf(read(name, "before.json") as Party[], read(name, "after.json") as Party[], context);
}

/** An input from parties; without another list it was not at hand. */
export function inputOf(
  before: readonly Party[],
  after: readonly Party[],
  context: CaseContext = {},
): JudgeInput {
  const list = context.list ?? "sdn";
  const other = list === "sdn" ? "consolidated" : "sdn";
  const coverage = context.coverage ?? {};
  const states = { before: stateOf(list, before, coverage), after: stateOf(list, after, coverage) };
  return {
    list,
    set: diffStates(states.before, states.after),
    coverage,
    ...states,
    otherList: context.otherAfter === undefined ? null : stateOf(other, context.otherAfter, {}),
    ...(context.otherBefore === undefined ? {} : { otherBefore: stateOf(other, context.otherBefore, {}) }),
    ...(context.former === undefined ? {} : { former: context.former }),
  };
}

/** A state of composed parties, their children in canonical order. */
export function stateOf(list: ListId, parties: readonly Party[], coverage: Coverage): ListState {
  return {
    list,
    profile: "enhanced",
    coverage,
    parties: partyMap(parties.map((party) => partyLine(canonical(party)))),
  };
}

function canonical(party: Party): Party {
  const sorted = Object.entries(party).map(([name, value]) => [
    name,
    Array.isArray(value) ? sortChildren(value) : value,
  ]);
  return Object.fromEntries(sorted) as Party;
}

function read(name: string, file: string): unknown {
  return JSON.parse(readFileSync(`${CASES}${name}/${file}`, "utf8"));
}
