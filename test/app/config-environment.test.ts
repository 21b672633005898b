import { Compile } from "typebox/compile";
import { describe, expect, it } from "vitest";
import { settingVariables } from "../../src/app/config/config-environment.ts";
import { CONFIG_SCHEMA, parseConfig } from "../../src/app/index.ts";

const known = settingVariables(CONFIG_SCHEMA);

/** What a configuration is with some variables and perhaps a file. */
function config(environment: Record<string, string>, file?: object): Promise<unknown> {
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
  ])("%j is %j", async (environment, expected) => {
    expect(await config(environment)).toEqual(expected);
  });

  it("come before the file's, member by member", async () => {
    const file = { site: { title: "A", author: "B" }, profile: "legacy" };
    expect(await config({ OFAC_LEDGER__SITE__TITLE: "C" }, file)).toEqual({
      site: { title: "C", author: "B" },
      profile: "legacy",
    });
  });

  it("are refused by the variable's name when they are none, or do not fit; the value is never repeated", async () => {
    await expect(config({ OFAC_LEDGER__MAIL__SMTP_HOSTS: "x" })).rejects.toThrow(
      /OFAC_LEDGER__MAIL__SMTP_HOSTS: expected the name of a setting, found none\. Near it .*OFAC_LEDGER__MAIL__FROM/,
    );
    await expect(config({ OFAC_LEDGER__POST: "x" })).rejects.toThrow(/There are .*LISTS.*MAIL/);
    await expect(config({ OFAC_LEDGER__MAIL__SMTP_PORT: "hunter2" })).rejects.toThrow(
      /OFAC_LEDGER__MAIL__SMTP_PORT: the value does not fit the setting \{.*"maximum":65535/,
    );
    await expect(config({ OFAC_LEDGER__MAIL__SMTP_PORT: "hunter2" })).rejects.not.toThrow(/hunter2/);
  });

  it("cannot make a file good that is none", async () => {
    await expect(parseConfig("[]", "config.json", { OFAC_LEDGER__NOTICES: "true" })).rejects.toThrow(
      /config\.json/,
    );
    await expect(parseConfig("{", "config.json", {})).rejects.toThrow(/expected JSON/);
  });

  it("accept every example of a file, given as variables", async () => {
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
    expect(await config(given)).toEqual(file);
  });
});

describe("a configuration that is wrong", () => {
  it.each([
    ["3", 'config.json: the file must be object ({"type":"object"}). See'],
    [
      '{"mail":{"smtpPort":0}}',
      'config.json: /mail/smtpPort must be >= 1 ({"comparison":">=","limit":1}). See',
    ],
    ['{"site":{"baseUrl":"x"}}', "config.json: /site/baseUrl must match pattern"],
    ['{"lists":[]}', "config.json: /lists must not have fewer than 1 items"],
  ])("%s is told as the library does: %s", async (text, message) => {
    await expect(parseConfig(text, "config.json")).rejects.toThrow(message);
    // As the library itself tells it, of the schema with the builder's marks on it.
    const [first] = Compile(CONFIG_SCHEMA).Errors(JSON.parse(text));
    await expect(parseConfig(text, "config.json")).rejects.toThrow(first?.message ?? "none");
  });

  it.each([
    [
      '{"maill":{}}',
      'config.json: /maill: expected the name of a setting, found none. Was "mail" meant? There are $schema, lists, ',
    ],
    [
      '{"mail":{"smtp_host":"x"}}',
      '/mail/smtp_host: expected the name of a setting, found none. Was "smtpHost" meant?',
    ],
    [
      '{"zebra":1}',
      "config.json: /zebra: expected the name of a setting, found none. There are $schema, lists, ",
    ],
    [
      '{"judge":{"levels":{"listing":{"legalEfect":"major"}}}}',
      'Was "legalEffect" meant? There are legalEffect, screen',
    ],
    ['{"lists":["sdn","snd"]}', 'config.json: /lists/1 must be one of "sdn", "consolidated". See'],
    ['{"mail":{"tls":"ssl"}}', '/mail/tls must be one of "starttls", "implicit", "none". See'],
    ['{"site":{"repositoryUrl":"x"}}', "config.json: /site/repositoryUrl must match pattern"],
    [
      '{"site":{"baseUrl":"http://"}}',
      "config.json: /site/baseUrl must be an address with a host and without blanks",
    ],
    [
      '{"site":{"baseUrl":"https://a b.example"}}',
      "config.json: /site/baseUrl must be an address with a host",
    ],
    [
      '{"site":{"baseUrl":"https://a.example:99999"}}',
      "config.json: /site/baseUrl must be an address with a host",
    ],
    ['{"raw":{"dir":" "}}', "config.json: /raw/dir must match pattern"],
    ['{"site":{"tagDate":"2023-02-31"}}', "config.json: /site/tagDate must be a day that there is"],
    ['{"sources":{"pressBase":"ofac"}}', "config.json: /sources/pressBase must be an address"],
  ])("%s is told as: %s", async (text, message) => {
    await expect(parseConfig(text, "config.json")).rejects.toThrow(message);
  });
});
