import { describe, expect, it } from "vitest";
import { settingVariables } from "../../src/app/config/config-environment.ts";
import { CONFIG_SCHEMA, parseConfig } from "../../src/app/index.ts";

const known = settingVariables(CONFIG_SCHEMA);

/** What a configuration is with some variables and perhaps a file. */
function config(environment: Record<string, string>, file?: object): unknown {
  return parseConfig(file === undefined ? undefined : JSON.stringify(file), "config.json", environment);
}

describe("settings from the environment", () => {
  it("have one variable each, named by the rule, and no two the same", () => {
    const names = known.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        "OFAC_LEDGER__LISTS",
        "OFAC_LEDGER__MAIL__SMTP_HOST",
        "OFAC_LEDGER__MAIL__DKIM__SELECTOR",
        "OFAC_LEDGER__SOURCES__MAX_DOCUMENT_BYTES",
        "OFAC_LEDGER__JUDGE__LEVELS",
        "OFAC_LEDGER__WATCHDOG__MAIL_TO",
      ]),
    );
    expect(names.filter((name) => !/^OFAC_LEDGER__[A-Z0-9]+(_{1,2}[A-Z0-9]+)*$/.test(name))).toEqual([]);
  });

  it.each([
    [{ OFAC_LEDGER__MAIL__SMTP_HOST: "mail.example" }, { mail: { smtpHost: "mail.example" } }],
    [{ OFAC_LEDGER__MAIL__SMTP_PORT: "2525" }, { mail: { smtpPort: 2525 } }],
    [{ OFAC_LEDGER__NOTICES: "false" }, { notices: false }],
    [{ OFAC_LEDGER__LISTS: "sdn, consolidated" }, { lists: ["sdn", "consolidated"] }],
    [{ OFAC_LEDGER__LISTS: '["sdn"]' }, { lists: ["sdn"] }],
    [{ OFAC_LEDGER__SOURCES__TREASURY_BASE: "null" }, { sources: { treasuryBase: null } }],
    [{ OFAC_LEDGER__SITE__TITLE: "null" }, { site: { title: "null" } }],
    [{ OFAC_LEDGER__SITE__TITLE: "2023" }, { site: { title: "2023" } }],
    [
      { OFAC_LEDGER__JUDGE__LEVELS: '{"listing":{"legalEffect":"major"}}' },
      { judge: { levels: { listing: { legalEffect: "major" } } } },
    ],
    [{ OFAC_LEDGER__MAIL__SMTP_HOST: "" }, {}],
    [{ OFAC_LEDGER_SMTP_USER: "secret", PATH: "/bin" }, {}],
  ])("%j is %j", (environment, expected) => {
    expect(config(environment)).toEqual(expected);
  });

  it("come before the file's, member by member", () => {
    const file = { site: { title: "A", author: "B" }, profile: "legacy" };
    expect(config({ OFAC_LEDGER__SITE__TITLE: "C" }, file)).toEqual({
      site: { title: "C", author: "B" },
      profile: "legacy",
    });
  });

  it("are refused by the variable's name when they are none, or do not fit; the value is never repeated", () => {
    expect(() => config({ OFAC_LEDGER__MAIL__SMTP_HOSTS: "x" })).toThrow(
      /OFAC_LEDGER__MAIL__SMTP_HOSTS: expected the name of a setting, found none\. Near it .*OFAC_LEDGER__MAIL__FROM/,
    );
    expect(() => config({ OFAC_LEDGER__POST: "x" })).toThrow(/There are .*LISTS.*MAIL/);
    expect(() => config({ OFAC_LEDGER__MAIL__SMTP_PORT: "hunter2" })).toThrow(
      /OFAC_LEDGER__MAIL__SMTP_PORT: the value does not fit the setting \{.*"maximum":65535/,
    );
    expect(() => config({ OFAC_LEDGER__MAIL__SMTP_PORT: "hunter2" })).not.toThrow(/hunter2/);
  });

  it("cannot make a file good that is none", () => {
    expect(() => parseConfig("[]", "config.json", { OFAC_LEDGER__NOTICES: "true" })).toThrow(/config\.json/);
    expect(() => parseConfig("{", "config.json", {})).toThrow(/expected JSON/);
  });

  it("accept every example of a file, given as variables", () => {
    const file = {
      profile: "legacy",
      sources: { servicePaths: ["/a/{file}", "/b"], attempts: 2, treasuryBase: "https://mirror.example" },
      watchdog: { mailTo: ["ops@bank.example"], remindEveryHours: 0.5 },
    };
    const given: Record<string, string> = {};
    for (const { name, path } of known) {
      const value = path.reduce<unknown>(
        (inner, member) =>
          typeof inner === "object" && inner !== null ? Reflect.get(inner, member) : undefined,
        file,
      );
      if (value !== undefined) given[name] = typeof value === "string" ? value : JSON.stringify(value);
    }
    expect(Object.keys(given)).toHaveLength(6);
    expect(config(given)).toEqual(file);
  });
});
