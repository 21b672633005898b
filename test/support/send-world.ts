import { readFileSync } from "node:fs";
import type {
  ConfigFile,
  HookPort,
  NoteFolder,
  SendPorts,
  SendReport,
  SendSecrets,
} from "../../src/app/index.ts";
import { sendDue, TEMPLATE_NAMES } from "../../src/app/index.ts";
import { type LedgerFiles, openWriter } from "../../src/ledger/index.ts";
import { appendDay, COMPOSED_HISTORY } from "./composed-ledger.ts";
import { memoryFiles } from "./crashing-files.ts";
import { memoryNotes } from "./memory-notes.ts";
import { PROJECT_ROOT } from "./project-root.ts";
import { entity } from "./records.ts";

export const DELIVERY_SECRET = "composed-test-secret-of-32-characters-or-more";

export const TEMPLATE_SOURCES: Readonly<Record<string, string>> = Object.fromEntries(
  TEMPLATE_NAMES.map((name) => [name, readFileSync(`${PROJECT_ROOT}templates/${name}`, "utf8")]),
);

/** A composed live ledger: a baseline, an addition on 2023-05-23, a removal and a change on 2023-05-25. */
export function sendLedger(): ReturnType<typeof memoryFiles> {
  const files = memoryFiles();
  for (const day of COMPOSED_HISTORY) appendDay(files, day);
  return files;
}

/** A composed live ledger whose only publication, of 2023-05-23, adds so many parties with addresses. */
export function busyLedger(added: number): ReturnType<typeof memoryFiles> {
  const files = memoryFiles();
  const [baseline] = COMPOSED_HISTORY;
  if (baseline === undefined) throw new Error("the composed history is empty");
  appendDay(files, baseline);
  const fresh = Array.from({ length: added }, (_, at) => ({
    ...entity(40_000 + at, `COMPOSED TRADING COMPANY ${at}`, ["DPRK3"]),
    aliases: [
      { uid: 50_000 + at, full: `COMPOSED TRADING ${at}`, type: "a.k.a.", quality: "strong" as const },
    ],
    addresses: [{ uid: 60_000 + at, city: "Port Example", country: "Panama" }],
  }));
  appendDay(files, { date: "2023-05-23", parties: [...baseline.parties, ...fresh] });
  return files;
}

/** A subscriptions document; each entry hears of everything at once unless it says otherwise. */
export function subscriptionsOf(...entries: readonly Readonly<Record<string, unknown>>[]): string {
  const subscriptions = entries.map((entry) => ({
    address: `${String(entry["id"])}@readers.test`,
    since: "2023-01-01",
    ...entry,
  }));
  return JSON.stringify({ formatVersion: "1.0", subscriptions });
}

export interface SendOnce {
  readonly files: LedgerFiles;
  readonly subscriptions: string;
  readonly mail?: ConfigFile["mail"];
  readonly site?: ConfigFile["site"];
  readonly now?: string;
  readonly notes?: NoteFolder;
  readonly secrets?: Partial<SendSecrets>;
  readonly hooks?: HookPort;
  /** Gets the messages of the embedded transport, by name. */
  readonly eml?: (name: string, bytes: Uint8Array) => void;
  readonly dryRun?: boolean;
  readonly resendUnknown?: boolean;
  readonly tryAgain?: readonly string[];
  readonly onFault?: SendPorts["onFault"];
  /** Over those of the project. */
  readonly templates?: Readonly<Record<string, string>>;
}

/** One `send` as the command line makes it, in this process. */
export function sendOnce(of: SendOnce): Promise<SendReport> {
  return sendDue(
    {
      files: of.files,
      notes: of.notes ?? memoryNotes(),
      eml: { write: async (name, bytes) => of.eml?.(name, bytes) },
      ...(of.hooks === undefined ? {} : { hooks: of.hooks }),
      config: {
        ...(of.mail === undefined ? {} : { mail: of.mail }),
        ...(of.site === undefined ? {} : { site: of.site }),
      },
      now: of.now ?? "2023-05-26T12:00:00Z",
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      templates: { ...TEMPLATE_SOURCES, ...of.templates },
      renderer: "test",
      subscriptions: of.subscriptions,
      secrets: { delivery: [DELIVERY_SECRET], ...of.secrets },
      ...(of.onFault === undefined ? {} : { onFault: of.onFault }),
    },
    {
      dryRun: of.dryRun ?? false,
      resendUnknown: of.resendUnknown ?? false,
      ...(of.tryAgain === undefined ? {} : { tryAgain: of.tryAgain }),
    },
  );
}

/** Every file of the deliveries, as text: to look for what must not be in it. */
export function deliveriesText(files: ReturnType<typeof memoryFiles>): string {
  return [...files.content]
    .filter(([path]) => path.startsWith("deliveries/"))
    .map(([, bytes]) => new TextDecoder().decode(bytes))
    .join("\n");
}

/** Says when the lists were last looked at, as a check does. */
export function lookedAt(files: LedgerFiles, at: string): void {
  const writer = openWriter(files);
  for (const source of ["sdn", "consolidated"] as const) {
    writer.put("checks", `${source}.json`, {
      formatVersion: "1.0",
      source,
      at,
      health: {
        state: "current",
        since: at,
        lastLook: at,
        lastSuccess: at,
        lastChange: null,
        consecutiveFailures: 0,
        failure: null,
        nextLook: null,
      },
      trouble: null,
      receipts: [],
    });
  }
  writer.commit();
}
