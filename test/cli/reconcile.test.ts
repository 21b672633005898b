import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { importFiles, nodeLedgerFiles, SILENT } from "../../src/app/index.ts";
import { main } from "../../src/cli/program.ts";
import { EXIT } from "../../src/domain/index.ts";
import { CAPTURES, inTemporaryFolder } from "../support/captures.ts";
import { composeDelta } from "../support/compose-delta.ts";

/** A page about the composed captures of 2023-05-23: what SDN.CSV shows of both parties. */
const KIM =
  "KIM, Sang Man; DOB 25 Apr 1965; nationality Korea, North; Gender Male; " +
  "Passport 109420132 (Korea, North) issued 16 Oct 2019 expires 16 Oct 2024 (individual) [DPRK4].";
const BUREAU = "TECHNICAL RECONNAISSANCE BUREAU [DPRK2].";
const page = (...lines: readonly string[]) =>
  `<h1>Composed Designations</h1><article><div class="field--name-field-release-date"><div class="field__item">05/23/2023</div></div>
   <div class="field--name-field-body"><div class="field__item"><p>Composed example, not an OFAC page.</p>
   <h4>The following have been added to OFAC's SDN List:</h4>${lines.map((line) => `<p>${line}</p>`).join("")}</div></div></article>`;
const press = (count: string) =>
  `---\ntitle: Treasury Acts (composed)\ndate: 2023-05-23T10:30:00-04:00\nurl: /news/press-releases/jy9999\n---\n` +
  `Today, OFAC sanctioned ${count}.\n\nKim Sang Man (Kim) is being designated pursuant to E.O. 13810.\n`;

const folder = inTemporaryFolder(CAPTURES);
const at = (name: string) => join(folder.folder, name);
const ledger = at("ledger");

beforeAll(async () => {
  const options = { segment: "captures", list: "sdn", provenance: "composed", judge: {} } as const;
  await importFiles(nodeLedgerFiles(ledger), { ...options, paths: folder.paths }, SILENT);
  for (const [name, text] of Object.entries({
    "notice.html": page(KIM, BUREAU),
    "short.html": page(KIM),
    "press.md": press("one individual and one entity"),
    "wrong.md": press("three entities"),
    "delta.xml": composeDelta("2023-05-23", [
      { uid: 43377, op: "add", name: "KIM, Sang Man" },
      { uid: 43337, op: "add", name: "TECHNICAL RECONNAISSANCE BUREAU" },
    ]),
    "half.xml": composeDelta("2023-05-23", [{ uid: 43377, op: "add", name: "KIM, Sang Man" }]),
    "other.html": "<p>nothing of OFAC's</p>",
  })) {
    writeFileSync(at(name), text);
  }
  return () => folder.remove();
});

afterEach(() => void vi.restoreAllMocks());

/** Runs the command line in this process. */
async function reconcile(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const keep = (to: "out" | "err") => (text: string | Uint8Array) => {
    said[to] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep("out"));
  vi.spyOn(process.stderr, "write").mockImplementation(keep("err"));
  const code = await main(["reconcile", ...args, "--ledger", ledger, "--quiet"], "0.0.0");
  vi.restoreAllMocks();
  return { code, ...said };
}

const DAY = "sdn-20230523";

describe("ofac-ledger reconcile", () => {
  it("tries local pages against an imported publication: all agree, exit 0", async () => {
    const { code, out } = await reconcile(
      DAY,
      ...["--notice", at("notice.html"), "--press", at("press.md"), "--delta", at("delta.xml")],
    );
    expect(code).toBe(EXIT.done);
    expect(out).toContain("sdn-20230523 in sdn/captures: all witnesses at hand agree");
    expect(out).toContain("The notice names 2 parties; both are on the list.");
    expect(out).toContain("The press release says one individual and one entity: agrees.");
    expect(out).toContain("OFAC's own delta names the same parties.");
    expect(out).toContain(
      "+ 43377 KIM, Sang Man (individual): announced and listed (matched by name, document",
    );
    expect(out).toContain('[E.O. 13810]: "Kim Sang Man (Kim) is being designated pursuant to E.O. 13810."');
  });

  it.each([
    ["a page that leaves one out", ["--notice", at("short.html")], "that no notice names: TECHNICAL"],
    ["a number that is not the list's", ["--press", at("wrong.md")], "says three entities: differs"],
    [
      "a delta that lacks one",
      ["--delta", at("half.xml")],
      "OFAC's own delta differs: added only here uid 43337",
    ],
  ])("ends with exit 9 on %s", async (_, args, says) => {
    const { code, out } = await reconcile(DAY, ...args);
    expect(code).toBe(EXIT.disagree);
    expect(out).toContain("the witnesses disagree");
    expect(out).toContain(says);
  });

  it("prints the whole as JSON", async () => {
    const { code, out } = await reconcile(DAY, "--json", "--notice", at("notice.html"));
    expect(code).toBe(EXIT.done);
    expect(JSON.parse(out)).toMatchObject({
      publication: DAY,
      verdict: "agrees",
      parties: [{ uid: 43337 }, { uid: 43377 }],
      delta: { verdict: "not cross-checked" },
    });
  });

  it("has nothing to hold a publication against when the ledger has no context: exit 0, and it says so", async () => {
    const { code, out } = await reconcile(DAY);
    expect(code).toBe(EXIT.done);
    expect(out).toContain("there is no other witness");
    expect(out).toContain("Not cross-checked: OFAC's own delta is not at hand.");
  });

  it.each([
    ["a baseline", ["sdn-20230519"], "nothing-to-reconcile"],
    ["a publication that is not there", ["sdn-19990101"], "no-such-publication"],
    ["a file that is not there", [DAY, "--notice", at("none.html")], "no-such-file"],
  ])("refuses %s as a mistake in usage", async (_, args, error) => {
    const { code, err } = await reconcile(...args);
    expect(code).toBe(EXIT.usage);
    expect(err).toContain(error);
  });

  it.each([
    ["notice", "--notice", "not-a-notice"],
    ["press release", "--press", "not-a-press-release"],
    ["delta", "--delta", "wrong-root"],
  ])("names the file that is no %s", async (_, option, error) => {
    const { code, err } = await reconcile(DAY, option, at("other.html"));
    expect(code).toBe(EXIT.content);
    expect(err).toContain(error);
    expect(err).toContain("other.html");
  });
});
