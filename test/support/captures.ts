import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ComposedRow, composeSdnCsv } from "./compose-csv.ts";

const BANK: ComposedRow = {
  uid: 306,
  name: "BANCO NACIONAL DE CUBA",
  programs: ["CUBA"],
  remarks: "a.k.a. 'BNC'.",
};
const AIRLINE: ComposedRow = { uid: 36, name: "AEROCARIBBEAN AIRLINES", programs: ["CUBA"] };
const PAPER: ComposedRow = { uid: 7601, name: "UNIPAPEL S.A.", programs: ["SDNT"] };
const KIM: ComposedRow = {
  uid: 43377,
  name: "KIM, Sang Man",
  type: "individual",
  programs: ["DPRK4"],
  remarks:
    "DOB 25 Apr 1965; nationality Korea, North; Gender Male; Passport 109420132 (Korea, North) issued 16 Oct 2019 expires 16 Oct 2024.",
};
const BUREAU: ComposedRow = { uid: 43337, name: "TECHNICAL RECONNAISSANCE BUREAU", programs: ["DPRK2"] };

/** Captures of a small composed list on successive days, by the name of the file. */
export const CAPTURES: Readonly<Record<string, string>> = {
  "20230519T184348Z.SDN.CSV": composeSdnCsv([AIRLINE, BANK, PAPER]),
  "20230523T184334Z.SDN.CSV": composeSdnCsv([AIRLINE, BANK, PAPER, KIM, BUREAU]),
  // Captured at 00:43 Eastern: it shows the day before.
  "20230525T044334Z.SDN.CSV": composeSdnCsv([
    AIRLINE,
    BANK,
    KIM,
    { ...BUREAU, programs: ["DPRK2", "CYBER2"] },
  ]),
  "20230525T184326Z.SDN.CSV": composeSdnCsv([
    AIRLINE,
    { ...BANK, remarks: "a.k.a. 'BNC'; Website www.example.cu." },
    { ...KIM, name: "KIM, Sangman" },
    { ...BUREAU, programs: ["DPRK2", "CYBER2"] },
  ]),
  // Nothing changed.
  "20230526T184326Z.SDN.CSV": composeSdnCsv([
    AIRLINE,
    { ...BANK, remarks: "a.k.a. 'BNC'; Website www.example.cu." },
    { ...KIM, name: "KIM, Sangman" },
    { ...BUREAU, programs: ["CYBER2", "DPRK2"] },
  ]),
};

/** Writes files into a new temporary folder, and folders in it where a name has them. */
export function inTemporaryFolder(files: Readonly<Record<string, string | Uint8Array>>): {
  readonly folder: string;
  readonly paths: readonly string[];
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-test-"));
  const paths = Object.entries(files).map(([name, content]) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
  return { folder, paths, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
