import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { COMPOSED_DAYS } from "../support/composed-days.ts";
import { startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { startSmtpStandIn } from "../support/smtp-stand-in.ts";

/** The demo's own folder, thrown away at each start; never the real ledger's. */
const FOLDER = ".demo/work";
const CLI = "dist/cli/main.js";

/**
 * The main job on four composed days, offline: a loopback OFAC, a loopback mail server, and the built command
 * line between them, run twice a day. The second run must change nothing and send nothing.
 */
async function demo(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const ofac = await startOfacStandIn();
  const smtp = await startSmtpStandIn({ tls: "none" });
  try {
    writeJson("config.json", {
      profile: "legacy",
      sources: { ...ofac.settings, gapMs: 0, backoffMs: 10 },
      site: { title: "OFAC ledger (composed demo)", baseUrl: "http://localhost:8080", tagDate: "2023-01-01" },
      mail: {
        transport: "smtp",
        smtpHost: smtp.host,
        smtpPort: smtp.port,
        tls: "none",
        from: "ledger@demo.example",
        listId: "ledger.demo.example",
        subscriptions: at("subscriptions.json"),
      },
    });
    writeJson("subscriptions.json", {
      formatVersion: "1.0",
      subscriptions: [
        { id: "compliance", address: "compliance@bank.example", since: "2023-05-01" },
        {
          id: "counsel",
          address: "counsel@law.example",
          since: "2023-05-01",
          filters: { programs: ["DPRK2"] },
        },
      ],
    });
    say("Everything below is composed from public facts. No byte of it comes from OFAC.\n");
    for (const { look, publication } of COMPOSED_DAYS) {
      ofac.publish(publication);
      for (const run of ["first", "second"] as const) {
        say(`${look.slice(0, 10)}, ${run} run`);
        const before = { files: filesOf("snapshots"), mails: smtp.received.length };
        const printed = await ledger(["run", "--send", "--out", at("public")], look);
        if (run === "second") requireNothingNew(printed, before, smtp.received.length);
      }
      say("");
    }
    say("reconcile sdn-20230523");
    await ledger(["reconcile", "sdn-20230523"], COMPOSED_DAYS.at(-1)?.look ?? "");
    say("");
    say("verify");
    await ledger(["verify"], COMPOSED_DAYS.at(-1)?.look ?? "");
    for (const [i, mail] of smtp.received.entries()) {
      mkdirSync(at("mail"), { recursive: true });
      writeFileSync(join(at("mail"), `${i + 1}.eml`), mail.bytes);
    }
    report(smtp.received.length);
  } finally {
    await ofac.close();
    await smtp.close();
  }
}

function at(name: string): string {
  return `${FOLDER}/${name}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function writeJson(name: string, value: unknown): void {
  writeFileSync(at(name), `${JSON.stringify(value, null, 2)}\n`);
}

/** Runs the command line as a user would, at a given time of day, and gives back what it printed. */
function ledger(args: readonly string[], now: string): Promise<string> {
  const common = ["--ledger", at("snapshots"), "--config", at("config.json"), "--quiet"];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args, ...common], {
      env: {
        ...process.env,
        OFAC_LEDGER_NOW: now,
        OFAC_LEDGER_DELIVERY_SECRETS: "composed-demo-secret-of-32-characters-or-more",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      process.stdout.write(text.replace(/^(?=.)/gm, "  "));
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`ofac-ledger ${args.join(" ")} ended with exit code ${code}`));
    });
  });
}

function requireNothingNew(
  printed: string,
  before: { readonly files: ReadonlyMap<string, string>; readonly mails: number },
  mails: number,
): void {
  if (!printed.split("\n").includes("no new publication"))
    throw new Error("the second run found something new");
  if (mails !== before.mails) throw new Error("the second run sent mail");
  const after = filesOf("snapshots");
  for (const path of new Set([...before.files.keys(), ...after.keys()])) {
    if (before.files.get(path) !== after.get(path)) throw new Error(`the second run changed ${path}`);
  }
}

/** Contents of all files below a folder of the demo; a lock is of this machine and no part of the ledger. */
function filesOf(folder: string): Map<string, string> {
  if (!existsSync(at(folder))) return new Map();
  const entries = readdirSync(at(folder), { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes(`${sep}.lock${sep}`))
      .map((path) => [path, readFileSync(path, "base64")]),
  );
}

function report(mails: number): void {
  const count = (folder: string) => filesOf(folder).size;
  say("\nWhat is where:");
  say(`  ${at("snapshots")}/   the ledger, ${count("snapshots")} files`);
  say(
    `  ${at("public")}/      the site, ${count("public")} files; open ${relative(".", at("public/index.html"))}`,
  );
  say(`  ${at("mail")}/        ${mails} digests as the mail server got them; open an .eml in a mail program`);
  say("All of it says that it is composed.");
}

await demo();
