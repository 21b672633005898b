import {
  type ChangeSet,
  type Coverage,
  decodeParty,
  LIST_TITLE,
  type ListId,
  type ListState,
  once,
  type Party,
  stateHash,
} from "../domain/index.ts";
import { createKeyIndex, type KeyIndex } from "./keys/key-index.ts";

/** What there is to judge. The same input gives the same judgement: no clock, no order, no memory. */
export interface JudgeInput {
  readonly list: ListId;
  readonly set: ChangeSet;
  /** Of this publication's source. */
  readonly coverage: Coverage;
  /** This list on both sides; null before a baseline. */
  readonly before: ListState | null;
  readonly after: ListState;
  /** The other list as it stands after the run; null when it was not at hand. */
  readonly otherList: ListState | null;
  /** The other list before the run, where the run changed it too; left out, it is `otherList`. */
  readonly otherBefore?: ListState | null;
  /** Parties that left this list in earlier publications of the chain, for re-listings. */
  readonly former?: readonly FormerParty[];
  /** Speeds up a run over many publications; never changes an answer. */
  readonly memo?: JudgeMemo;
}

/** A party that once was delisted. */
export interface FormerParty {
  /** Id of the publication that removed it. */
  readonly publication: string;
  readonly party: Party;
}

/** Indexes kept from one publication to the next. */
export interface JudgeMemo {
  readonly own: KeyIndex;
  readonly other: KeyIndex;
}

/** A memo of nothing yet; one per chain. */
export function createJudgeMemo(): JudgeMemo {
  return { own: createKeyIndex(), other: createKeyIndex() };
}

/** Looks parties up in the states of an input, decoding each once. */
export interface Sight {
  before(uid: number): Party | undefined;
  after(uid: number): Party | undefined;
  otherBefore(uid: number): Party | undefined;
  otherAfter(uid: number): Party | undefined;
  readonly knowsOther: boolean;
  /** The other list's name and state hash after and before the run, for evidence. */
  otherState(): string;
  otherBeforeState(): string;
  /** Uids on this list after the change that hold a key. */
  holders(key: Parameters<KeyIndex["holders"]>[0]): readonly number[];
  /** Uids on the other list that hold a key; none when it was not at hand. */
  otherHolders(key: Parameters<KeyIndex["holders"]>[0]): readonly number[];
}

/** What of an input can be seen. Indexes are only built when something asks for them. */
export function sightOf(input: JudgeInput): Sight {
  const memo = input.memo ?? createJudgeMemo();
  const other = input.otherList;
  const otherBefore = input.otherBefore === undefined ? other : input.otherBefore;
  return {
    before: lookup(input.before),
    after: lookup(input.after),
    otherBefore: lookup(otherBefore),
    otherAfter: lookup(other),
    knowsOther: other !== null,
    otherState: once(() => stateName(other)),
    otherBeforeState: once(() => stateName(otherBefore)),
    holders(key) {
      memo.own.sync(input.after);
      return memo.own.holders(key);
    },
    otherHolders(key) {
      if (other === null) return [];
      memo.other.sync(other);
      return memo.other.holders(key);
    },
  };
}

function stateName(state: ListState | null): string {
  return state === null ? "" : `${LIST_TITLE[state.list]} (state ${stateHash(state.parties)})`;
}

function lookup(state: ListState | null): (uid: number) => Party | undefined {
  const decoded = new Map<number, Party | undefined>();
  return (uid) => {
    if (decoded.has(uid)) return decoded.get(uid);
    const line = state?.parties.get(uid);
    const party = line === undefined ? undefined : decodeParty(line);
    decoded.set(uid, party);
    return party;
  };
}
