import { areaValues } from "../diff/index.ts";
import { AREAS, decodeParty, type Party, type PartyLine } from "../domain/index.ts";
import { describeChild } from "../render/index.ts";
import { csvLine } from "./site/csv.ts";

/** A state as NDJSON: one canonical party a line, ascending uid. Its lines are what the state hash is made of. */
export function stateNdjson(parties: ReadonlyMap<number, PartyLine>): string {
  return [...parties.values()].map(({ line }) => `${line}\n`).join("");
}

const COLUMNS = AREAS.filter(({ area }) => area !== "type" && area !== "name");

/**
 * A state as CSV for spreadsheets, RFC 4180 with a header: one row a party, one column an area, several values
 * parted by ` | `. What has to be exact is in the NDJSON.
 */
export function stateCsv(parties: ReadonlyMap<number, PartyLine>): string {
  const header = ["uid", "type", "name", ...COLUMNS.map(({ area }) => area)];
  return [header, ...[...parties.values()].map((line) => row(decodeParty(line)))].map(csvLine).join("");
}

function row(party: Party): string[] {
  const cells = COLUMNS.map((shape) =>
    areaValues(party, shape)
      .map((value) => {
        const { label, text } = describeChild(shape.area, value);
        // The column says what it is; only where OFAC gives a label of its own is there more to say.
        return typeof value === "object" && "type" in value ? `${label}: ${text}` : text;
      })
      .join(" | "),
  );
  return [String(party.uid), party.type, party.name.full, ...cells];
}
