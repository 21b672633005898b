import { load } from "cheerio";
import { parse } from "csv-parse/sync";
import { decodeParty, type Issue, LedgerError } from "../../src/domain/index.ts";
import { enhancedParty } from "../../src/normalize/enhanced.ts";
import { interpret } from "../../src/normalize/index.ts";
import { openList, parseDelta } from "../../src/parse/index.ts";
import { bytes, csvFile, csvRow, enhancedEntity, enhancedXml, legacyEntry, legacyXml } from "./composed.ts";

/** A small generator of numbers in [0, 1), the same for the same seed on any machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Files of one list, by name. */
export type Files = Readonly<Record<string, string>>;

/** What a reader sees of a list: per party, its facts. */
export type Facts = ReadonlyMap<string, string>;

export interface MutationFormat {
  readonly files: Files;
  /** How the product reads it, when it is no list. */
  readonly product?: typeof product;
  /** The same list read by other means: cheerio or csv-parse. */
  readonly independent: (files: Files) => Facts;
}

const AKA = (uid: number, name: string) =>
  `<aka><uid>${uid}</uid><type>a.k.a.</type><category>strong</category><lastName>${name}</lastName></aka>`;
const ID = (uid: number, type: string, number: string) =>
  `<id><uid>${uid}</uid><idType>${type}</idType><idNumber>${number}</idNumber></id>`;

const LEGACY = legacyXml([
  legacyEntry(10, `<akaList>${AKA(1, "FIRST")}${AKA(2, "SECOND")}</akaList><title>Dr &amp; Co</title>`),
  legacyEntry(20, `<idList>${ID(3, "MMSI", "123")}${ID(4, "Website", "a.example")}</idList>`),
  legacyEntry(
    30,
    "<addressList><address><uid>5</uid><city>Example City</city><country>Cuba</country></address></addressList>",
  ),
]);

const ENHANCED = enhancedXml([
  enhancedEntity(100),
  enhancedEntity(
    200,
    '<features><feature id="3"><type featureTypeId="14">Website</type><value>a.example</value><isPrimary>true</isPrimary></feature></features>',
  ),
  enhancedEntity(300, '<addresses><address id="2"><country refId="1">Cuba</country></address></addresses>'),
]);

const PRIMARY = csvFile([
  csvRow(10, { remarks: "DOB 1946; POB Example City, Cuba; Passport F1 (Cuba); Minister." }),
  csvRow(20, { program: "SDGT] [IFSR", title: "Dr" }),
  csvRow(30, { type: "vessel", vessel: ["ABC1", "Tug", "100", "90", "Cuba", "EXAMPLE"] }),
]);

const DELTA = [
  '<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
  '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0">',
  "<publicationInfo><datePublished>2026-08-24T00:00:00-04:00</datePublished><publicationType>Standard Action</publicationType></publicationInfo>",
  "<referenceValues /><featureTypes /><entities>",
  enhancedEntity(100).replace("<entity ", '<entity action="remove" '),
  '<entity id="150"><sanctionsPrograms><sanctionsProgram id="64015" refId="92002" action="add">IRAN-CON-ARMS-EO</sanctionsProgram></sanctionsPrograms></entity>',
  enhancedEntity(200).replace("<entity ", '<entity action="add" '),
  "</entities></sanctionsData>",
].join("\n");

export const MUTATION_FORMATS: Readonly<Record<string, MutationFormat>> = {
  legacy: {
    files: { "SDN.XML": LEGACY },
    independent: (files) => xmlFacts(files["SDN.XML"] ?? "", "sdnEntry"),
  },
  enhanced: {
    files: { "E.XML": ENHANCED },
    independent: (files) => xmlFacts(files["E.XML"] ?? "", "entity"),
  },
  delta: {
    files: { "D.XML": DELTA },
    product: deltaProduct,
    independent: (files) => deltaFacts(files["D.XML"] ?? ""),
  },
  csv: { files: { "SDN.CSV": PRIMARY }, independent: csvFacts },
  "csv-set": {
    files: {
      "SDN.CSV": PRIMARY,
      "ALT.CSV": csvFile(['10,1,"aka","FIRST",-0- ', '20,2,"fka","SECOND",-0- ']),
      "ADD.CSV": csvFile(['30,5,"1 Example Street","Example City","Cuba",-0- ']),
    },
    independent: csvFacts,
  },
};

/** One damage: cut, flip, double, delete or nest; half of the time along element or row bounds. */
export function mutate(files: Files, random: () => number): Files {
  const names = Object.keys(files);
  const name = names[Math.floor(random() * names.length)] ?? "";
  const text = files[name] ?? "";
  const pick = (size: number) => Math.floor(random() * size);
  const bounds = [...text.matchAll(/[<>\n",;]/g)].map((match) => match.index);
  const place = () => (random() < 0.5 ? (bounds[pick(bounds.length)] ?? 0) : pick(text.length));
  const [from = 0, to = 0] = [place(), place()].sort((a, b) => a - b);
  const near = Math.min(to, from + pick(120));
  const elements = [...text.matchAll(/<(\w+)(?: [^>]*)?>[^<]*<\/\1>|\r?\n[^\r\n]+/g)];
  const element = elements[pick(elements.length)];
  const start = element?.index ?? from;
  const whole = element?.[0] ?? "";
  const kinds: readonly (() => string)[] = [
    () => text.slice(0, from),
    () => text.slice(0, from) + text.slice(near),
    () => text.slice(0, from) + text.slice(from, near).repeat(2) + text.slice(near),
    () => text.slice(0, from) + "aZ0 <>&\"',;\u0001é9/".charAt(pick(16)) + text.slice(from + 1),
    () => text.slice(0, start) + text.slice(start + whole.length),
    () => text.slice(0, start) + whole + text.slice(start),
    () => `${text.slice(0, from)}<x>${text.slice(from, near)}</x>${text.slice(near)}`,
    () =>
      text.slice(0, start) +
      whole.replace(/>[^<]+</, ">CHANGED<").replace(/"[^"]+"/, '"7"') +
      text.slice(start + whole.length),
  ];
  return { ...files, [name]: (kinds[pick(kinds.length)] ?? (() => text))() };
}

/** What the product makes of the files: refused, or a state with warnings. */
export async function product(files: Files): Promise<{ facts: Facts; issues: readonly Issue[] } | "refused"> {
  try {
    const parsed = await openList(
      Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text) })),
    );
    const { state, issues } = await interpret(parsed, { list: "sdn" });
    return {
      facts: new Map(
        [...state.parties].map(([uid, line]) => [String(uid), JSON.stringify(decodeParty(line))]),
      ),
      issues,
    };
  } catch (error) {
    if (error instanceof LedgerError) return "refused";
    throw error;
  }
}

/** The same for OFAC's delta: per entity, what it says. */
async function deltaProduct(files: Files): ReturnType<typeof product> {
  try {
    const { entities, notes: own } = parseDelta(bytes(files["D.XML"] ?? ""), "D.XML");
    const notes = [...own];
    const facts = new Map<string, string>();
    for (const record of entities) {
      const draft = record.op === "modify" ? undefined : enhancedParty(record.entity);
      facts.set(String(record.uid), JSON.stringify([record.op, draft?.party() ?? record]));
      notes.push(...(draft?.notes ?? []));
    }
    return {
      facts,
      issues: notes.map(({ code, subject, example }) => ({
        severity: "warning",
        code,
        message: subject,
        where: "D.XML",
        examples: [example],
      })),
    };
  } catch (error) {
    if (error instanceof LedgerError) return "refused";
    throw error;
  }
}

/** Uids whose facts differ between two readings. */
export function changed(before: Facts, after: Facts): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((uid) => before.get(uid) !== after.get(uid))
    .sort();
}

/** Numbers that OFAC keeps for itself, and flags that say what is so anyway. */
const UNTOLD =
  /\/(?:identityId|versionId|valueRefId|@refId|@featureTypeId|translation\/@id|namePart\/@id)=|(?:isLowQuality|isApproximate|isDateRange)=false$/;

/** Every leaf of every record, as `path=text`; order and the blanks around texts do not count. */
function xmlFacts(text: string, record: string): Facts {
  const $ = load(text, { xml: { decodeEntities: true } });
  const facts = new Map<string, string>();
  $.root()
    .find(record)
    .each((_, element) => {
      const uid = record === "entity" ? $(element).attr("id") : $(element).children("uid").text();
      const walk = (node: typeof element, path: string): string[] => {
        const attributes = Object.entries($(node).attr() ?? {}).map(
          ([name, value]) => `${path}/@${name}=${value}`,
        );
        const children = $(node).children().toArray();
        const words = $(node)
          .text()
          .normalize("NFC")
          .replace(/[\t\n\r]+/g, " ")
          .trim();
        // What repeats an entity's whole name, as its last name or its one part, says nothing more.
        const full =
          $(node).siblings("formattedFullName").text() || $(node).siblings("formattedLastName").text();
        if (path.endsWith("/formattedLastName") && (words === full || full === "")) return [];
        if (path.endsWith("/nameParts") && children.length === 1 && words === `Entity Name${full}`) return [];
        const own = children.length === 0 && words !== "" ? [`${path}=${words}`] : [];
        const below = children.flatMap((child) => walk(child, `${path}/${child.name}`));
        // A full name that is missing is put together from its parts.
        const last = $(node).children("formattedLastName").text();
        if (last !== "" && $(node).children("formattedFullName").length === 0) {
          below.push(`${path}/formattedFullName=${last}`);
        }
        const told = [...attributes, ...own, ...below].filter((leaf) => !UNTOLD.test(leaf)).sort();
        // A child of a list keeps its facts together: an alias's type belongs to that alias.
        return /\/(?:aka|id|address|feature|name)$/.test(path) ? [told.join(" & ")] : told;
      };
      facts.set(String(Number(uid)), [...new Set(walk(element, ""))].sort().join("\n"));
    });
  return facts;
}

/** As `xmlFacts`; in a modified entity an element's own number tells re-created facts apart and is no fact. */
function deltaFacts(text: string): Facts {
  const leaves = (facts: string) =>
    /^\/@action=/m.test(facts) ? facts : facts.replace(/^\/.*\/sanctionsProgram\/@id=.*\n?/gm, "");
  return new Map([...xmlFacts(text, "entity")].map(([uid, facts]) => [uid, leaves(facts)]));
}

/** Every column of every row, null and blanks apart; remarks by segment, in any order. */
function csvFacts(files: Files): Facts {
  const facts = new Map<string, string[]>();
  for (const [name, text] of Object.entries(files)) {
    const rows: string[][] = parse(text.split("\u001a")[0] ?? "", {
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n"],
    });
    for (const row of rows) {
      const cells = row.map((cell) => (/^\s*-0-?\s*$/.test(cell) ? "" : cell.normalize("NFC").trim()));
      const remarks = name === "SDN.CSV" ? (cells.pop() ?? "") : "";
      const segments = remarks
        .replace(/\.$/, "")
        .split("; ")
        .map((piece) => piece.replace(/^alt\. /, "").trim())
        .filter((piece) => piece !== "");
      const programs = name === "SDN.CSV" ? (cells[3] ?? "").split("] [").sort().join("|") : "";
      const told = cells.map((cell, index) => (programs !== "" && index === 3 ? programs : cell));
      const own = facts.get(String(Number(row[0]))) ?? [];
      own.push(`${name}:${told.join("|")}:${[...new Set(segments)].sort().join("|")}`);
      facts.set(String(Number(row[0])), own);
    }
  }
  return new Map([...facts].map(([uid, own]) => [uid, own.sort().join("\n")]));
}

/** Runs some mutants of a format; gives how they fared. */
export async function runMutants(
  format: string,
  count: number,
  seed: number,
): Promise<Record<string, number>> {
  const known: MutationFormat = MUTATION_FORMATS[format] ?? { files: {}, independent: () => new Map() };
  const { files, independent } = known;
  const read = known.product ?? product;
  const random = seeded(seed);
  const sound = await read(files);
  if (sound === "refused") throw new Error(`${format}: the sound files were refused`);
  if (sound.issues.length > 0)
    throw new Error(`${format}: the sound files raised ${JSON.stringify(sound.issues)}`);
  const before = independent(files);
  const tally = { refused: 0, warned: 0, same: 0, differs: 0 };
  for (let i = 0; i < count; i++) {
    const mutant = mutate(files, random);
    // A foreign error is thrown on here, with its stack; LedgerErrors are refusals.
    const result = await read(mutant);
    if (result === "refused") tally.refused++;
    else if (result.issues.length > 0) tally.warned++;
    else {
      const ours = changed(sound.facts, result.facts);
      const theirs = changed(before, independent(mutant));
      if (ours.join() !== theirs.join()) {
        throw new Error(
          `${format}, seed ${seed}, mutant ${i}: ours ${ours.join()}, theirs ${theirs.join()}\n` +
            Object.values(mutant).join("\n"),
        );
      }
      tally[ours.length === 0 ? "same" : "differs"]++;
    }
  }
  return tally;
}
