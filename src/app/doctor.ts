import { EXIT, type ExitCode, type Instant, LedgerError, worstExit } from "../domain/index.ts";
import type { LedgerFiles } from "../ledger/index.ts";
import { checkMailSettings, type KeyRing, keyRing, readSubscriptions } from "../notify/index.ts";
import { compileTemplates, type TemplateSources } from "../render/index.ts";
import type { CheckReport } from "./check.ts";
import type { ConfigFile } from "./config/config.ts";
import { trustedAuthority } from "./mail/channels.ts";
import { digestRenderer } from "./mail/digest-render.ts";
import { dkimFindings, type ResolveText, sampleFindings, smtpFindings } from "./mail/doctor-mail.ts";
import {
  agentFindings,
  doubtFindings,
  type Finding,
  secretFindings,
  siteFindings,
  subscriptionFindings,
} from "./mail/doctor-setup.ts";
import { mailSettings, smtpSettings } from "./mail/mail-settings.ts";
import { heads } from "./past/history.ts";
import { publicationsOf, type SendSecrets, sendDue } from "./send.ts";
import { readPublished } from "./site/published.ts";

export interface DoctorReport {
  readonly findings: readonly Finding[];
  readonly exitCode: ExitCode;
}

export interface DoctorPorts {
  readonly files: LedgerFiles;
  readonly config: ConfigFile;
  readonly now: Instant;
  readonly templates: TemplateSources;
  readonly renderer: string;
  readonly secrets: () => SendSecrets;
  readonly subscriptions: () => Promise<string | null>;
  /** Asks the DNS; missing: not asked. */
  readonly resolve?: ResolveText | undefined;
  /** Asks the sources; missing: not asked. */
  readonly sources?: (() => Promise<CheckReport>) | undefined;
}

/** Looks at everything that sending needs, and sends nothing. One fault does not hide another. */
export async function doctor(ports: DoctorPorts): Promise<DoctorReport> {
  const { config } = ports;
  const secrets = await gather("secrets", () => ports.secrets());
  const given: SendSecrets = secrets.value ?? { delivery: [] };
  const subscriptions = await gather("subscriptions", async () => {
    const text = await ports.subscriptions();
    return text === null ? null : { text, all: readSubscriptions(text, { webhookSecret: given.webhook }) };
  });
  const all = subscriptions.value?.all ?? [];
  const keys = await gather("secrets", () =>
    given.delivery.length === 0 ? undefined : keyRing(given.delivery),
  );
  const mail = await gather("mail", () => {
    const settings = mailSettings(config, given);
    checkMailSettings(settings);
    return settings;
  });
  const findings: Finding[] = [
    ...findingsOf(
      await gather("templates", () => compileTemplates(ports.templates)),
      "mails and pages compile",
    ),
    ...ledgerFindings(ports),
    ...siteFindings(config),
    ...agentFindings(config),
    ...secrets.findings,
    ...subscriptions.findings,
    ...(subscriptions.findings.length > 0 ? [] : subscriptionFindings(all)),
    ...keys.findings,
    ...(keys.findings.length > 0 ? [] : secretFindings(keys.value, all)),
    ...mail.findings,
  ];
  const look = async (check: string, work: () => Promise<Finding[]>) => {
    const { value, findings: faults } = await gather(check, work);
    findings.push(...(value ?? []), ...faults);
  };
  if (all.length > 0) {
    await look("subscriptions", async () =>
      doubtFindings(
        all,
        readPublished(ports.files).records.map(({ record }) => record),
      ),
    );
  }
  const settings = mail.value;
  if (settings !== undefined) {
    await look("message", async () =>
      sampleFindings({
        mail: settings,
        keys: keys.value ?? SAMPLE_KEYS,
        newest: newestNews(ports),
        render: digestRenderer(ports, readPublished(ports.files)),
        now: ports.now,
      }),
    );
    await look("dkim", () => dkimFindings(settings, ports.resolve));
  }
  await look("smtp", async () => {
    if ((config.mail?.transport ?? "eml") === "smtp") {
      return smtpFindings(smtpSettings(config, given, trustedAuthority(config)));
    }
    const folder = config.mail?.emlFolder ?? "outbox";
    return [
      { check: "smtp", state: "advice", says: `mail.transport: "eml", so mails become files in ${folder}` },
    ];
  });
  const text = subscriptions.value?.text;
  if (text !== undefined && keys.value !== undefined && settings !== undefined) {
    await look("outbox", () => outboxFindings(ports, given, text));
  }
  await look("sources", () => sourceFindings(ports));
  return {
    findings,
    exitCode: worstExit(findings.map((one) => (one.state === "fault" ? one.exitCode : EXIT.done))),
  };
}

/** A key for the sample where there is none yet: nothing is recorded under it. */
const SAMPLE_KEYS: KeyRing = keyRing(["of a sample message that nobody gets"]);

interface Gathered<T> {
  readonly value?: T;
  readonly findings: readonly Finding[];
}

/** What an operator can mend is a finding; anything else is a bug and is thrown. */
async function gather<T>(check: string, work: () => T | Promise<T>): Promise<Gathered<T>> {
  try {
    return { value: await work(), findings: [] };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return {
      findings: [
        { check, state: "fault", says: `${error.code}: ${error.message}`, exitCode: error.exitCode },
      ],
    };
  }
}

function findingsOf({ findings }: Gathered<unknown>, ok: string): readonly Finding[] {
  return findings.length > 0 ? findings : [{ check: "templates", state: "ok", says: ok }];
}

function ledgerFindings({ files }: DoctorPorts): Finding[] {
  try {
    const found = heads(files);
    if (found.length === 0) {
      return [
        { check: "ledger", state: "advice", says: 'there is none yet; "ofac-ledger update" begins it' },
      ];
    }
    return found.map(({ list, segment, id, state }) => ({
      check: "ledger",
      state: "ok",
      says: `${list}/${segment}: ${id}, ${state.parties} parties; "ofac-ledger verify" proves it`,
    }));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return [
      { check: "ledger", state: "fault", says: `${error.code}: ${error.message}`, exitCode: error.exitCode },
    ];
  }
}

/** The newest publication there is to tell of. */
function newestNews(ports: DoctorPorts) {
  return publicationsOf(ports.files, readPublished(ports.files))
    .filter(({ record }) => record.kind === "publication" && record.changes.length > 0)
    .sort((a, b) => Date.parse(a.firstSeen) - Date.parse(b.firstSeen))
    .at(-1);
}

/** A dry run over the real subscriptions and the real delivery ledger. */
async function outboxFindings(
  ports: DoctorPorts,
  secrets: SendSecrets,
  subscriptions: string,
): Promise<Finding[]> {
  const nowhere = { write: async () => undefined };
  const notes = { boot: undefined, read: () => undefined, append: () => undefined, remove: () => undefined };
  const { wouldSend, skipCounts } = await sendDue(
    { ...ports, secrets, subscriptions, eml: nowhere, notes, sleep: async () => undefined },
    { dryRun: true, resendUnknown: false },
  );
  const skipped = Object.entries(skipCounts).map(([reason, count]) => `${count} ${reason}`);
  const says = `${wouldSend.length} would be sent now${skipped.length === 0 ? "" : `; ${skipped.join(", ")}`}`;
  return [{ check: "outbox", state: "ok", says }];
}

async function sourceFindings({ sources }: DoctorPorts): Promise<Finding[]> {
  const check = "sources";
  if (sources === undefined) return [{ check, state: "not-checked", says: "ask them with --sources" }];
  const { lists } = await sources();
  return lists.map(({ list, answer, error }) =>
    error === undefined
      ? { check, state: "ok", says: `${list}: ${answer}` }
      : { check, state: "fault", says: `${list}: ${error.code}: ${error.message}`, exitCode: error.exitCode },
  );
}
