import type { IndexEntry, LedgerRecord, Party, SyncSegment } from "../domain/index.ts";
import { apply } from "./apply.ts";
import { MirrorError } from "./error.ts";
import { type Fetch, openSite, type Site } from "./site.ts";
import { parseObject, partyOf, readState, type State, stateText } from "./state.ts";
import type { MirrorStore } from "./store.ts";

export interface MirrorOptions {
  /** Address of the ledger's site, e.g. `https://ledger.example/ofac`. */
  readonly baseUrl: string;
  readonly store: MirrorStore;
  readonly list: "sdn" | "consolidated";
  /** `live` unless said. */
  readonly segment?: string;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
}

/** How far the mirror is. */
export interface Position {
  readonly id: string;
  /** Of the record's bytes. */
  readonly hash: string;
  /** State hash of the list after it. */
  readonly state: string;
}

export interface SyncResult {
  readonly from: Position | null;
  readonly to: Position;
  /** How it came about: a whole state, a composed change set, record after record, or nothing to do. */
  readonly by: "state" | "catch-up" | "records" | "nothing";
}

/** A local copy of one list that follows a published ledger and proves every step. */
export interface Mirror {
  /** Brings the copy up to date. A crash or a lost connection leaves the copy as it was; call again. */
  sync(): Promise<SyncResult>;
  /** The parties as of the last sync, by uid. */
  parties(): Promise<ReadonlyMap<number, Party>>;
  /** Recomputes every hash of the copy, and asks whether the site still has the record it is at. */
  verify(): Promise<{ readonly ok: boolean; readonly position: Position | null; readonly message: string }>;
  /**
   * Every record that was not handed out before, oldest first, proven. What was handed out is remembered when the
   * next one is asked for: after an interruption the last one comes again, and none is left out. The first time it
   * begins after `from`: a record's id, `baseline` for the whole history, or `now` for what is yet to come.
   */
  changes(from?: string): AsyncGenerator<LedgerRecord>;
}

/** So many records in a row are composed by the site; for one alone its record is smaller. */
const WORTH_COMPOSING = 2;

export function createMirror(options: MirrorOptions): Mirror {
  const { store, list } = options;
  const segment = options.segment ?? "live";
  const site = openSite(options.baseUrl, options.fetch ?? ((url, init) => fetch(url, init)), options.signal);
  const folder = `${list}/${segment}`;
  const stateName = (id: string) => `${folder}/state-${id}.ndjson`;
  const position = (name: string) => readPosition(store, `${folder}/${name}.json`);
  const stored = async (at: Position): Promise<State> => {
    const text = await store.read(stateName(at.id));
    if (text === undefined)
      throw new MirrorError("wrong-state", `${stateName(at.id)}: missing from the store.`);
    return readState(text, at.state, stateName(at.id));
  };
  return {
    async sync() {
      const published = await segmentOf(site, list, segment);
      const from = (await position("position")) ?? null;
      const to = headOf(published);
      if (from !== null && from.hash === to.hash) return { from, to, by: "nothing" };
      const { state, by } =
        from === null
          ? { state: await newest(site, published), by: "state" as const }
          : await advance(site, published, from, await stored(from));
      // The state first, then the word that it counts: whatever happens between leaves the old pair whole.
      await store.write(stateName(to.id), stateText(state));
      await store.write(`${folder}/position.json`, JSON.stringify(to));
      if (from !== null && from.id !== to.id) await store.remove(stateName(from.id));
      return { from, to, by };
    },
    async parties() {
      const at = await position("position");
      if (at === undefined) return new Map();
      return new Map([...(await stored(at))].map(([uid, line]) => [uid, partyOf(line)]));
    },
    async verify() {
      const at = (await position("position")) ?? null;
      if (at === null) return { ok: true, position: null, message: "nothing is mirrored yet" };
      try {
        await stored(at);
        const published = (await site.all({ list, segment })).find(({ id }) => id === at.id);
        if (published?.hash === at.hash && published.state.to.hash === at.state) {
          return { ok: true, position: at, message: `the copy is that of ${at.id}` };
        }
        const found = published === undefined ? "no such record" : published.hash;
        return {
          ok: false,
          position: at,
          message: `the copy is at ${at.id} ${at.hash}, the site has ${found}`,
        };
      } catch (error) {
        if (!(error instanceof MirrorError)) throw error;
        return { ok: false, position: at, message: error.message };
      }
    },
    async *changes(from = "now") {
      const seen = await position("seen");
      const begin = seen ?? (await beginning(site, { list, segment }, from));
      if (seen === undefined && begin !== null)
        await store.write(`${folder}/seen.json`, JSON.stringify(begin));
      let last = begin;
      for (const entry of await following(site, { list, segment }, last)) {
        const record = await nextRecord(site, entry, last);
        yield record;
        last = positionOf(entry);
        await store.write(`${folder}/seen.json`, JSON.stringify(last));
      }
    },
  };
}

async function segmentOf(site: Site, list: string, segment: string): Promise<SyncSegment> {
  const { segments } = await site.sync();
  const found = segments.find((one) => one.list === list && one.segment === segment);
  if (found !== undefined) return found;
  const there = segments.map((one) => `${one.list}/${one.segment}`).join(", ");
  throw new MirrorError("no-such-segment", `Expected segment ${list}/${segment}, found ${there || "none"}.`);
}

function headOf({ head }: SyncSegment): Position {
  return { id: head.id, hash: head.hash, state: head.state.hash };
}

function positionOf({ id, hash, state }: IndexEntry): Position {
  return { id, hash, state: state.to.hash };
}

async function newest(site: Site, { states, head }: SyncSegment): Promise<State> {
  const published = states.find(({ id }) => id === head.id);
  if (published === undefined) throw new MirrorError("not-found", `No state of ${head.id} is published.`);
  return readState(await site.text(published.url), head.state.hash, published.url);
}

/** From one record to the newest: by one composed change set where there is one, else record after record. */
async function advance(site: Site, published: SyncSegment, from: Position, state: State) {
  const later = await following(site, published, from);
  const composed = published.since.find((one) => one.from.id === from.id && one.to.id === published.head.id);
  if (composed !== undefined && later.length >= WORTH_COMPOSING) {
    return { state: await apply(state, await site.catchUp(composed.url)), by: "catch-up" as const };
  }
  let next = state;
  let last = from;
  for (const entry of later) {
    next = await apply(next, await nextRecord(site, entry, last));
    last = positionOf(entry);
  }
  if (last.hash !== published.head.hash) {
    throw new MirrorError(
      "diverged",
      `The index ends with ${last.id}, the segment with ${published.head.id}; try again.`,
    );
  }
  return { state: next, by: "records" as const };
}

/** Records after a position. A chain that no longer has it was rewritten: that is never passed over in silence. */
async function following(
  site: Site,
  of: { readonly list: string; readonly segment: string },
  from: Position | null,
): Promise<readonly IndexEntry[]> {
  if (from === null) return site.all(of);
  const later = await site.after(of, from.id);
  if (later !== undefined) return later;
  throw new MirrorError(
    "diverged",
    `The site no longer has record ${from.id}, at which the copy is. Find out why before starting anew with an empty store.`,
  );
}

/** A record that follows the one before by its hash: so a changed history is noticed at once. */
async function nextRecord(site: Site, entry: IndexEntry, last: Position | null): Promise<LedgerRecord> {
  const record = await site.record(entry);
  if (last !== null && record.previous?.hash !== last.hash) {
    throw new MirrorError(
      "diverged",
      `${entry.id} follows ${record.previous?.id ?? "nothing"} ${record.previous?.hash ?? ""}, but the copy is at ` +
        `${last.id} ${last.hash}. Find out why before starting anew with an empty store.`,
    );
  }
  return record;
}

/** Where `changes` begins when nothing was handed out before; null: before the first record. */
async function beginning(
  site: Site,
  of: { readonly list: string; readonly segment: string },
  from: string,
): Promise<Position | null> {
  if (from === "baseline") return null;
  const all = await site.all(of);
  const at = from === "now" ? all.at(-1) : all.find(({ id }) => id === from);
  if (at !== undefined) return positionOf(at);
  if (from === "now") return null;
  throw new MirrorError(
    "not-found",
    `Expected the id of a record of ${of.list}/${of.segment}, found "${from}".`,
  );
}

async function readPosition(store: MirrorStore, name: string): Promise<Position | undefined> {
  const text = await store.read(name);
  if (text === undefined) return undefined;
  const { id, hash, state } = parseObject(text, name);
  return { id: String(id), hash: String(hash), state: String(state) };
}
