import type { FieldChange, Name, Party } from "../domain/index.ts";
import { decodeParty } from "../domain/index.ts";
import { contextViewOf } from "./context-view.ts";
import { foldedWords } from "./fold.ts";
import type { Touch } from "./party-history.ts";
import { partyNow } from "./party-now.ts";
import { programCodes } from "./party-view.ts";
import type { Bench } from "./plan.ts";
import { programPath, programsOf } from "./programs.ts";
import type { SearchDocument } from "./search-shape.ts";
import { cleanText, oneLine } from "./text.ts";
import { dateWords } from "./words-date.ts";

/** Everything that can be found: parties a record touched, all others on a list now, publications, programs. */
export function searchDocuments(bench: Bench): WordedDocument[] {
  const { input, histories } = bench;
  const touched = [...histories].map(([uid, touches]) => touchedParty(uid, touches, bench));
  const others = new Map<number, WordedDocument>();
  for (const { parties, origin } of input.states ?? []) {
    if (origin !== "live" && hasLive(bench)) continue;
    for (const [uid, line] of parties) {
      if (histories.has(uid) || others.has(uid)) continue;
      const party = decodeParty(line);
      others.set(
        uid,
        document(`u${uid}`, party.name.full, namesOf(party), identifiers(uid, party), {
          t: party.type,
          s: "l",
        }),
      );
    }
  }
  return [
    ...touched,
    ...[...others].sort(([a], [b]) => a - b).map(([, found]) => found),
    ...publications(bench),
    ...programs(bench),
  ];
}

/** Of imported history alone the last states are what there is; beside a live list they are past. */
const hasLive = ({ input }: Bench): boolean => (input.states ?? []).some(({ origin }) => origin === "live");

function touchedParty(uid: number, touches: readonly Touch[], { input }: Bench): WordedDocument {
  const { party, standing } = partyNow(uid, touches, input.states ?? []);
  const last = touches.at(-1);
  const name = party?.name.full ?? last?.change?.name ?? last?.unknown[0]?.name ?? "";
  const former = touches.flatMap(({ change, unknown }) => {
    if (change === null) return unknown.map((one) => one.name);
    if (change.op === "add") return [change.name, ...namesOf(change.after)];
    if (change.op === "remove") return [change.name, ...namesOf(change.before)];
    return [change.name, ...change.fields.flatMap(namesInField)];
  });
  const then = touches.findLast(({ change }) => change?.op === "add" || change?.op === "remove")?.change;
  const known = party ?? (then?.op === "add" ? then.after : then?.op === "remove" ? then.before : null);
  const record = last?.stored.record;
  return document(
    `u${uid}`,
    name,
    [...(known === null ? [] : namesOf(known)), ...former],
    [
      ...(known === null ? [String(uid)] : identifiers(uid, known)),
      ...touches.flatMap(({ change }) =>
        change?.op === "modify" ? change.fields.flatMap(numbersInField) : [],
      ),
    ],
    {
      t: last?.change?.type ?? last?.unknown[0]?.type ?? "",
      s: standing === "listed" ? "l" : standing === "removed" ? "r" : "u",
      ...(record?.date == null ? {} : { d: record.date }),
      ...(record === undefined ? {} : { r: record.id }),
    },
  );
}

/** Every name of a party in every script. */
export function namesOf(party: Party): string[] {
  return [party.name, ...(party.aliases ?? [])].flatMap(formsOf);
}

const formsOf = (name: Name): string[] => [name.full, ...(name.scripts ?? []).map(({ full }) => full)];

/** Names that a change shows, before and after. */
export function namesInField({ area, before, after }: FieldChange): string[] {
  if (area !== "name" && area !== "alias") return [];
  return [before, after].flatMap((value) =>
    typeof value === "object" && "full" in value && typeof value.full === "string" ? [value.full] : [],
  );
}

function numbersInField({ area, before, after }: FieldChange): string[] {
  if (area !== "document" && area !== "wallet") return [];
  return [before, after].flatMap((value) => {
    if (typeof value !== "object") return [];
    if ("number" in value && typeof value.number === "string") return [value.number];
    return "address" in value && typeof value.address === "string" ? [value.address] : [];
  });
}

function identifiers(uid: number, party: Party): string[] {
  return [
    String(uid),
    ...programCodes(party),
    ...(party.documents ?? []).map(({ number }) => number ?? ""),
    ...(party.wallets ?? []).map(({ address }) => address ?? ""),
    ...[...(party.vessel ?? []), ...(party.aircraft ?? [])]
      .filter(({ type }) => /call sign|tail number|\(msn\)/iu.test(type ?? ""))
      .map(({ value }) => value ?? ""),
  ];
}

function publications({ placed, context }: Bench): WordedDocument[] {
  return placed.map(({ stored: { record } }) => {
    const own = contextViewOf(record, context);
    const titles = [...own.notices, ...own.pressReleases].map(({ title }) => title);
    const date =
      record.date === null ? [] : [record.date.replaceAll("-", ""), record.date, dateWords(record.date)];
    return document(
      `r${record.id}`,
      record.headline,
      [...date, ...titles],
      [record.id, ...programsOf(record).keys()],
      {
        ...(record.date === null ? {} : { d: record.date }),
        r: record.id,
      },
    );
  });
}

function programs({ input, programTags }: Bench): WordedDocument[] {
  return programTags.map((tag) => {
    const title = input.programs?.find((facts) => facts.tag === tag)?.title;
    return document(`g${tag}`, title === undefined ? tag : `${tag}: ${title}`, [tag, title ?? ""], [], {
      p: programPath(tag),
    });
  });
}

/** A document with its words still apart: few of them are in any one shard. */
export interface WordedDocument {
  readonly shown: Omit<SearchDocument, "name" | "more">;
  /** Folded, each once. */
  readonly name: readonly string[];
  readonly more: readonly string[];
}

function document(
  id: string,
  title: string,
  names: readonly string[],
  more: readonly string[],
  shown: Omit<SearchDocument, "id" | "n" | "name" | "more">,
): WordedDocument {
  const inNames = new Set<string>();
  for (const text of new Set(names)) for (const word of foldedWords(text)) inNames.add(word);
  const inMore = new Set<string>();
  for (const text of new Set(more)) {
    const words = foldedWords(text);
    for (const word of words) if (!inNames.has(word)) inMore.add(word);
    // The whole code or address as one word too, however it is divided by signs.
    const whole = words.join("");
    if (!inNames.has(whole) && whole !== "") inMore.add(whole);
  }
  return { shown: { id, n: oneLine(cleanText(title)), ...shown }, name: [...inNames], more: [...inMore] };
}
