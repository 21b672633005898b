import {
  type Coverage,
  canonicalJson,
  changeCounts,
  type Effect,
  headline,
  type JudgedEvent,
  type LedgerRecord,
  type ListId,
  type Party,
  type PartyChange,
  publicationId,
  releaseId,
  sha256,
} from "../../src/domain/index.ts";
import type { Publication, Render, Subscription } from "../../src/notify/index.ts";

/** A party composed for tests; its names are invented. */
export function party(uid: number, more: Partial<Party> = {}): Party {
  return {
    uid,
    type: "entity",
    name: { full: `EXAMPLE TRADING ${uid}` },
    programs: [{ code: "SDGT" }],
    lists: [{ name: "SDN List" }],
    blocking: "yes",
    ...more,
  };
}

export function added(after: Party): PartyChange {
  return { op: "add", uid: after.uid, type: after.type, name: after.name.full, after };
}

export function removed(before: Party): PartyChange {
  return { op: "remove", uid: before.uid, type: before.type, name: before.name.full, before };
}

/** A new title. */
export function retitled(of: Party, title = "Director"): PartyChange {
  return {
    op: "modify",
    uid: of.uid,
    type: of.type,
    name: of.name.full,
    beforeHash: sha256("before"),
    afterHash: sha256("after"),
    fields: [{ area: "title", action: "add", key: "title", after: title }],
  };
}

export interface ComposedRecord {
  readonly date?: string;
  readonly list?: ListId;
  readonly sequence?: number;
  readonly changes?: readonly PartyChange[];
  readonly effect?: Effect;
  readonly events?: readonly JudgedEvent[];
  readonly coverage?: Coverage;
  readonly unknown?: LedgerRecord["unknown"];
  readonly kind?: LedgerRecord["kind"];
  readonly origin?: LedgerRecord["origin"];
  readonly supersedes?: string;
  readonly firstSeen?: string;
  readonly parties?: ReadonlyMap<number, Party>;
}

/** A live publication composed for tests. */
export function publication(of: ComposedRecord = {}): Publication {
  const { date = "2023-05-23", list = "sdn", sequence = 1, changes = [added(party(1))] } = of;
  const { effect = "critical", kind = "publication", parties } = of;
  const counts = changeCounts({ changes });
  const suffix = kind === "correction" ? "-c1" : "";
  const record: LedgerRecord = {
    formatVersion: "1.0",
    id: `${of.supersedes ?? publicationId(list, date, sequence)}${suffix}`,
    list,
    segment: "live",
    origin: of.origin ?? "live",
    kind,
    headline: headline({ list, kind, date, sequence, counts, parties: 1, supersedes: of.supersedes }),
    date,
    dateBasis: "publish-date",
    sequence,
    releaseId: releaseId(date, sequence),
    window: { after: null, notLaterThan: null },
    ofacPublications: [],
    profile: "enhanced",
    interpreter: "enhanced/1",
    judge: { version: 1, config: sha256("levels") },
    context: { otherList: null },
    coverage: of.coverage ?? {},
    sources: [],
    state: { from: null, to: { hash: sha256("state"), parties: 1 } },
    counts,
    changes,
    unknown: of.unknown ?? [],
    judgement: {
      materiality: effect,
      legalEffect: effect,
      screeningEffect: "none",
      changes: changes.map(({ uid, op }) => ({
        uid,
        op,
        legalEffect: effect,
        screeningEffect: "none",
        rule: "composed",
        reason: "composed for a test",
      })),
      events: of.events ?? [],
      groups: [],
    },
    issues: [],
    previous: null,
    ...(of.supersedes === undefined ? {} : { supersedes: of.supersedes, reason: "composed" }),
  };
  return {
    record,
    hash: sha256(canonicalJson(record)),
    firstSeen: of.firstSeen ?? `${date}T18:44:00Z`,
    ...(parties === undefined ? {} : { party: (uid: number) => parties.get(uid) }),
  };
}

/** A subscription that hears of everything at once. */
export function subscription(id: string, more: Partial<Subscription> = {}): Subscription {
  return {
    id,
    channel: "mail",
    address: `${id}@readers.test`,
    since: "2023-01-01",
    cadence: { kind: "immediate" },
    filters: {},
    format: "html",
    language: "en",
    confirmUnchanged: false,
    attachRescreen: false,
    mailingList: false,
    ...more,
  };
}

/** Words for an item, as short as they may be. */
export const render: Render = (item, links) => {
  const headlines = item.publications.map(({ record }) => record.headline);
  const uids = item.publications.flatMap(({ match }) => match.uids);
  const text = [...headlines, `uids ${uids.join(" ")}`, ...links.unsubscribe].join("\n");
  return {
    subject: headlines[0] ?? "nothing changed",
    preheader: headlines.join("; "),
    text,
    html: `<p>${headlines.join("</p><p>")}</p><p>uids ${uids.join(" ")}</p>`,
  };
};

export const SECRET = "a secret composed for tests, 1234567890";
export const OLDER_SECRET = "an older secret composed for tests, 0987";
