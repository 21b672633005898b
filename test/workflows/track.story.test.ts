import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMPOSED_DAYS } from "../support/composed-days.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { type SmtpStandIn, startSmtpStandIn } from "../support/smtp-stand-in.ts";
import { bareRepository, git } from "./repository.ts";
import { Runner, type RunnerSetup } from "./runner/index.ts";
import { copyTool, lendBuild } from "./tool.ts";

const ACTION = "example/ofac-ledger/.github/actions/track";
const HEADLINE = "20230523: 4 entities, 1 individual added";
const TIMEOUT = 300_000;

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-action-"));
let ofac: OfacStandIn;
let smtp: SmtpStandIn;
beforeAll(async () => {
  ofac = await startOfacStandIn();
  smtp = await startSmtpStandIn({ tls: "none" });
});
afterAll(async () => {
  await ofac.close();
  await smtp.close();
  rmSync(work, { recursive: true, force: true });
});

const SECRETS = {
  OFAC_LEDGER_SUBSCRIPTIONS: JSON.stringify({
    formatVersion: "1.0",
    subscriptions: [{ id: "compliance", address: "compliance@bank.example", since: "2023-05-01" }],
  }),
  OFAC_LEDGER_DELIVERY_SECRETS: "composed-secret-of-32-characters-or-more",
};

/** The settings file of a repository that watches the stand-ins. */
function settings(): string {
  return JSON.stringify({
    profile: "legacy",
    sources: { ...ofac.settings, gapMs: 0, backoffMs: 1 },
    site: { tagDate: "2023-01-01" },
    mail: {
      transport: "smtp",
      smtpHost: smtp.host,
      smtpPort: smtp.port,
      tls: "none",
      from: "ledger@demo.example",
      listId: "ledger.demo.example",
    },
  });
}

/** Days of the composed series, published one after the other. */
function publishDay(day: number): string {
  const composed = COMPOSED_DAYS[day];
  if (composed === undefined) throw new Error(`expected a composed day, found ${day}`);
  ofac.publish(composed.publication);
  return composed.look;
}

/** What failed, with what its steps printed. */
function logOf(steps: readonly { readonly name: string; readonly outcome: string; readonly log: string }[]): string {
  return steps.map(({ name, outcome, log }) => `== ${name}: ${outcome}\n${log}`).join("\n");
}

describe("the action in a repository of somebody else's", () => {
  it(
    "installs itself, records, commits, renders and sends with ten lines of workflow",
    async () => {
      const folder = join(work, "foreign");
      const origin = bareRepository(mkdtempSync(`${work}/foreign-`), {
        "README.md": "Ours\n",
        "ofac-ledger.config.json": settings(),
      });
      const tool = copyTool(join(folder, "_actions", "ofac-ledger"));
      const env: Record<string, string> = {};
      const setup: RunnerSetup = {
        origin,
        folder,
        env,
        actions: { [ACTION]: join(tool, ".github/actions/track") },
      };
      const runner = new Runner(setup);
      const play = () =>
        runner.job([
          { uses: "actions/checkout@0" },
          {
            id: "track",
            uses: `${ACTION}@0`,
            with: {
              stages: "track site send",
              subscriptions: SECRETS.OFAC_LEDGER_SUBSCRIPTIONS,
              "delivery-secrets": SECRETS.OFAC_LEDGER_DELIVERY_SECRETS,
            },
          },
        ]);
      for (const day of [0, 1, 2]) {
        env["OFAC_LEDGER_NOW"] = publishDay(day);
        const result = await play();
        expect(result.outcome, logOf(result.steps)).toBe("success");
      }
      expect(existsSync(join(tool, "dist/cli/main.js"))).toBe(true);
      const log = git(origin, "log", "--format=%s", "main").split("\n");
      expect(log[0]).toBe("Record deliveries");
      expect(log).toContain(HEADLINE);
      expect(log.at(-1)).toBe("Begin");
    },
    TIMEOUT,
  );
});

describe("this repository's own workflows", () => {
  it(
    "record, deploy and send, and a second run the same day changes nothing",
    async () => {
      // TODO
      lendBuild;
      readFileSync;
    },
    TIMEOUT,
  );
});
