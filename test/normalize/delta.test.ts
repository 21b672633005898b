import { describe, expect, it } from "vitest";
import { decodeParty } from "../../src/domain/index.ts";
import { deltaFacts, deltaParty, interpret } from "../../src/normalize/index.ts";
import { openList, parseDelta } from "../../src/parse/index.ts";
import { bytes, enhancedEntity, enhancedXml } from "../parse/composed.ts";

const delta = (entities: readonly string[], extra = "") =>
  parseDelta(
    bytes(
      '<?xml version="1.0" encoding="utf-8" standalone="yes"?>' +
        '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0">' +
        "<publicationInfo><datePublished>2026-08-24T00:00:00-04:00</datePublished><publicationType>Standard Action</publicationType></publicationInfo>" +
        `<referenceValues /><featureTypes />${extra}<entities>${entities.join("")}</entities></sanctionsData>`,
    ),
    "2026-08-24_delta.xml",
  );

const ADDED = enhancedEntity(100).replace('<entity id="100">', '<entity id="100" action="add">');
const REMOVED = enhancedEntity(200).replace('<entity id="200">', '<entity id="200" action="remove">');

const part = (id: number, action: string, type: string, value: string) =>
  `<addressPart id="${id}" action="${action}"><type refId="1">${type}</type><value>${value}</value></addressPart>`;
const addressChange = (...parts: string[]) =>
  `<addresses><address id="7"><translations><translation id="8"><addressParts>${parts.join("")}</addressParts></translation></translations></address></addresses>`;
const modified = (uid: number, inner: string) => `<entity id="${uid}">${inner}</entity>`;

const areas = (inner: string) =>
  deltaFacts([{ publication: 1, delta: delta([modified(5, inner)]) }]).entities[0]?.areas;

describe("OFAC's delta", () => {
  it("has whole records for added and removed parties, changes for the others", () => {
    const found = delta([
      ADDED,
      REMOVED,
      modified(300, addressChange(part(1, "add", "CITY", "Example City"))),
    ]);
    expect(found).toMatchObject({
      datePublished: "2026-08-24",
      publicationType: "Standard Action",
      notes: [],
    });
    expect(found.entities.map((entity) => [entity.op, entity.uid])).toEqual([
      ["add", 100],
      ["remove", 200],
      ["modify", 300],
    ]);
    expect(found.entities[2]).toMatchObject({
      changes: [
        {
          action: "add",
          areas: ["address"],
          path: "addresses/address/translations/translation/addressParts/addressPart",
          owner: "address 7 translation 8",
        },
      ],
    });
  });

  it("adds the very party that the Enhanced file of that day has", async () => {
    const parsed = await openList([
      { name: "SDN_ENHANCED.XML", bytes: bytes(enhancedXml([enhancedEntity(100)])) },
    ]);
    const { state } = await interpret(parsed, { list: "sdn" });
    const line = state.parties.get(100);
    const [added] = delta([ADDED]).entities;
    expect(added === undefined ? undefined : deltaParty(added)).toEqual(
      line === undefined ? null : decodeParty(line),
    );
  });

  it("tells the areas of what changed", () => {
    expect(
      areas(
        '<sanctionsPrograms><sanctionsProgram id="1" refId="2" action="add">IFSR</sanctionsProgram></sanctionsPrograms>',
      ),
    ).toEqual(["program"]);
    expect(
      areas(
        '<sanctionsLists><sanctionsList id="1" refId="2" action="remove">CAPTA List</sanctionsList></sanctionsLists>',
      ),
    ).toEqual(["list", "blocking"]);
    expect(
      areas(
        '<features><feature id="1" action="add"><type featureTypeId="14">Website</type><value>x</value></feature></features>',
      ),
    ).toEqual(["contact"]);
    expect(
      areas(
        '<features><feature id="1"><type featureTypeId="504">Secondary sanctions risk:</type><value action="update" oldValue="a">b</value></feature></features>',
      ),
    ).toEqual(["secondary-sanctions"]);
    expect(areas('<names><name id="1" action="add"><isPrimary>false</isPrimary></name></names>')).toEqual([
      "alias",
    ]);
    expect(
      areas(
        '<names><name id="1"><translations><translation id="2"><formattedFullName action="update" oldValue="A">B</formattedFullName></translation></translations></name></names>',
      ),
    ).toEqual(["name", "alias"]);
    expect(areas('<generalInfo><title action="update" oldValue="A">B</title></generalInfo>')).toEqual([
      "title",
    ]);
  });

  it("does not take a part re-created under a new id for a change, except in another place", () => {
    const gone = part(1, "remove", "CITY", "Example City");
    expect(areas(addressChange(gone, part(2, "add", "CITY", "Example City")))).toEqual([]);
    expect(areas(addressChange(gone, part(2, "add", "CITY", "Other City")))).toEqual(["address"]);
    expect(
      areas(
        addressChange(gone, part(2, "add", "CITY", "Example City"), part(3, "add", "CITY", "Example City")),
      ),
    ).toEqual(["address"]);
  });

  it("of several publications folds into one", () => {
    const city = (name: string) => modified(300, addressChange(part(1, "add", "CITY", name)));
    const title = modified(300, '<generalInfo><title action="update" oldValue="A">B</title></generalInfo>');
    const whole = (uid: number, action: string) =>
      enhancedEntity(uid).replace(`<entity id="${uid}">`, `<entity id="${uid}" action="${action}">`);
    const facts = deltaFacts([
      { publication: 1, delta: delta([whole(100, "add"), whole(200, "add"), city("A"), modified(400, "")]) },
      {
        publication: 2,
        delta: delta([whole(100, "remove"), modified(200, ""), title, whole(400, "remove")]),
      },
    ]);
    expect(facts.publications).toEqual([1, 2]);
    expect(facts.entities).toEqual([
      { uid: 200, op: "add", lists: ["SDN List"], areas: [] },
      { uid: 300, op: "modify", lists: [], areas: ["title", "address"] },
      { uid: 400, op: "remove", lists: ["SDN List"], areas: [] },
    ]);
  });

  it("names what it does not know", () => {
    const found = delta(
      [
        modified(1, '<colours><colour action="add">green</colour></colours>'),
        '<entity id="2" action="explode" />',
      ],
      "<extra>x</extra>",
    );
    expect(found.notes).toEqual([
      { code: "unknown-element", subject: "entity/colours/colour", example: "uid 1" },
      { code: "unknown-action", subject: "explode", example: "uid 2" },
      { code: "unknown-element", subject: "sanctionsData/extra", example: "head: x" },
    ]);
  });
});
