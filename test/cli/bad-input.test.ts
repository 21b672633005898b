import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { CAPTURES, inTemporaryFolder } from "../support/captures.ts";
import { runCli } from "../support/cli.ts";
import { composeLegacyXml } from "../support/compose-legacy.ts";

const party = { uid: 36, type: "Entity", lastName: "AEROCARIBBEAN AIRLINES", programs: ["CUBA"] } as const;
const xml = composeLegacyXml("2023-05-23", [party]);
const csv = CAPTURES["20230523T184334Z.SDN.CSV"] ?? "";
const bytes = (text: string) => Buffer.from(text, "utf8");
const BILLION_LAUGHS =
  '<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' +
  "<sdnList><publshInformation><Publish_Date>05/23/2023</Publish_Date><Record_Count>0</Record_Count>" +
  "</publshInformation>&b;</sdnList>";

/** File, its bytes, and words the message must hold. */
const CASES: readonly (readonly [string, string, Uint8Array, RegExp])[] = [
  ["an empty file", "SDN.XML", bytes(""), /empty/],
  ["a PDF", "SDN.XML", bytes("%PDF-1.7\n%âãÏÓ\n1 0 obj"), /PDF/],
  ["HTML instead of XML", "SDN.XML", bytes("<!DOCTYPE html><html><body>Sign in</body></html>"), /HTML/],
  ["half an XML file", "SDN.XML", bytes(xml.slice(0, xml.length / 2)), /end|clos|cut|truncat/i],
  ["half a CSV file", "SDN.CSV", bytes(csv.slice(0, csv.length - 60)), /row|column|line/i],
  [
    "invalid UTF-8",
    "SDN.XML",
    Buffer.concat([bytes(xml.slice(0, -12)), Buffer.from([0xff, 0xfe, 0xfa]), bytes(xml.slice(-12))]),
    /UTF-8/,
  ],
  ["a billion laughs", "SDN.XML", bytes(BILLION_LAUGHS), /DOCTYPE|entit/i],
  ["another root", "SDN.XML", bytes('<?xml version="1.0"?><rss><channel/></rss>'), /root|rss/],
  ["a duplicate uid", "SDN.XML", bytes(composeLegacyXml("2023-05-23", [party, party])), /36/],
  ["a wrong Record_Count", "SDN.XML", bytes(xml.replace("<Record_Count>1<", "<Record_Count>7<")), /7/],
  ["a damaged gzip", "SDN.XML.gz", gzipSync(xml).subarray(0, 120), /gzip|archive/i],
];

const folder = inTemporaryFolder({
  ...Object.fromEntries(CASES.map(([, name, content], i) => [`${i}-20230524T184334Z.${name}`, content])),
  "20230523T184334Z.SDN.CSV": csv,
});
afterAll(() => folder.remove());
const ledger = `${folder.folder}/ledger`;

describe("bad input ends with exit code 4 and one clear message:", () => {
  it.each(CASES.map(([what], i) => [what, i] as const))("%s", async (_, i) => {
    const [, , , message] = CASES[i] ?? [];
    const path = folder.paths[i] ?? "";
    const diff = await runCli(["diff", path, path, "--list", "sdn", "--quiet"]);
    expect([diff.code, diff.stdout]).toEqual([4, ""]);
    expect(diff.stderr).toMatch(/^error [a-z0-9-]+: /);
    expect(diff.stderr).toMatch(message ?? /never/);
    expect(diff.stderr.trim().split("\n")).toHaveLength(1);
    const imported = await runCli([
      "import",
      path,
      "--segment",
      "bad",
      "--list",
      "sdn",
      "--ledger",
      ledger,
      "--quiet",
    ]);
    expect(imported.code).toBe(4);
    expect(existsSync(ledger), "the ledger is untouched").toBe(false);
  });
});

describe("usage errors end with exit code 2:", () => {
  const good = folder.paths.at(-1) ?? "";
  it.each([
    ["a missing file", ["diff", `${folder.folder}/nothing.csv`, good], /nothing/],
    ["a folder", ["diff", folder.folder, good], /not a file|no regular file|something that is not a file/],
    ["an unknown command", ["compare"], /unknown command/],
    ["an unknown option", ["diff", good, good, "--colour"], /unknown option/],
    ["an unknown list", ["diff", good, good, "--list", "eu"], /Allowed choices/],
    [
      "a date that does not exist",
      ["diff", good, good, "--list", "sdn", "--date", "2023-02-30"],
      /--date: expected/,
    ],
    ["a missing configuration", ["log", "--config", `${folder.folder}/none.json`], /--config: expected/],
    ["a configuration that is none", ["log", "--config", good], /expected JSON/],
    [
      "a publication that is not there",
      ["show", "sdn-19990101", "--ledger", folder.folder],
      /Expected the id/,
    ],
    ["a party that is not there", ["show", "424242", "--ledger", folder.folder], /Expected the uid/],
    ["a bad hash", ["update", "--accept", "abc"], /SHA-256/],
  ] as const)("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});

it("an entry of a manifest that is no file's is warned of, however quiet the command is to be", async () => {
  const own = inTemporaryFolder({
    "20230523T184334Z.SDN.CSV": csv,
    "manifest.json": JSON.stringify({ files: [{ file: "SDN.CVS", date: "2023-05-23" }] }),
  });
  const [capture = "", manifest = ""] = own.paths;
  const more = ["--manifest", manifest, "--ledger", `${own.folder}/ledger`, "--segment", "series", "--quiet"];
  const { code, stderr } = await runCli(["import", capture, ...more]);
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^warning unmatched-entries: .*no file was given that is SDN\.CVS\./),
  ]);
  own.remove();
});
