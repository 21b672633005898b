import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSubscriptions } from "../../src/notify/index.ts";

const plain = { id: "desk", address: "Desk@Bücher.test", since: "2023-05-01" };
const documented = (...subscriptions: readonly unknown[]) =>
  JSON.stringify({ formatVersion: "1.0", subscriptions });

describe("a subscriptions document", () => {
  it("needs little: everything, at once, in HTML and English", () => {
    expect(readSubscriptions(documented(plain))).toEqual([
      {
        id: "desk",
        channel: "mail",
        address: "Desk@xn--bcher-kva.test",
        since: "2023-05-01",
        cadence: { kind: "immediate" },
        filters: {},
        format: "html",
        language: "en",
        confirmUnchanged: false,
        attachRescreen: false,
        mailingList: false,
      },
    ]);
  });

  it("may say a lot", () => {
    const full = {
      ...plain,
      channel: "webhook",
      address: "https://hooks.test/in?x=1",
      secret: "0123456789abcdef0123456789abcdef",
      cadence: { kind: "weekly", weekday: "monday", hour: 7, timeZone: "Europe/Paris" },
      quiet: { from: 22, to: 6, timeZone: "Europe/Paris" },
      filters: {
        lists: ["SDN", "NS-MBS"],
        programs: ["CAATSA - RUSSIA", "561-Related"],
        types: ["vessel"],
        countries: ["Korea, North", "IR"],
        events: ["delisting"],
        minimumMateriality: "major",
      },
      format: "text",
      language: "pt-BR",
      confirmUnchanged: true,
      attachRescreen: true,
      mailingList: false,
    };
    expect(readSubscriptions(documented(full))).toEqual([full]);
  });

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["a member nobody knows", { filter: {} }, /expected no member "filter"/],
    ["a filter nobody knows", { filters: { program: ["SDGT"] } }, /filters: expected no member "program"/],
    ["an empty filter", { filters: { programs: [] } }, /or no such member, found an empty list/],
    ["a list that does not exist", { filters: { lists: ["SDNS"] } }, /some of SDN, SSI/],
    [
      "a country nobody spells so",
      { filters: { countries: ["Persia"] } },
      /as OFAC spells them .* found "Persia"/,
    ],
    ["a code that is none", { filters: { countries: ["XX"] } }, /found "XX"/],
    [
      "an event that there is not",
      { filters: { events: ["listing", "lisitng"] } },
      /filters: events: expected some of listing, .*mass-edit, found "lisitng"; was listing meant\?/,
    ],
    ["an event in capitals", { filters: { events: ["Delisting"] } }, /"Delisting"; was delisting meant\?/],
    [
      "a type that there is not",
      { filters: { types: ["indvidual"] } },
      /types: expected some of entity, .*, found "indvidual"; was individual meant\?/,
    ],
    [
      "a program tag that is none",
      { filters: { programs: ["SDGT,"] } },
      /programs: expected OFAC's program tags such as SDGT, found "SDGT,"; was SDGT meant\?/,
    ],
    ["a program tag with a blank at its end", { filters: { programs: ["SDGT "] } }, /; was SDGT meant\?/],
    ["a level that is none", { filters: { minimumMateriality: "high" } }, /one of critical, major/],
    ["a date that does not exist", { since: "2023-02-30" }, /since: expected a date/],
    ["no date", { since: undefined }, /since: expected a date YYYY-MM-DD, found nothing/],
    [
      "an hour that does not exist",
      { cadence: { kind: "daily", hour: 24, timeZone: "UTC" } },
      /from 0 to 23/,
    ],
    [
      "a zone that does not exist",
      { cadence: { kind: "daily", hour: 1, timeZone: "Mars/Base" } },
      /IANA time zone/,
    ],
    ["a quiet day without end", { quiet: { from: 0, to: 24, timeZone: "UTC" } }, /some hour left/],
    ["confirmation of nothing at once", { confirmUnchanged: true }, /a daily or weekly cadence/],
    [
      "a webhook without a secret",
      { channel: "webhook", address: "https://hooks.test/" },
      /secret: expected 32/,
    ],
    ["a webhook over plain HTTP", { channel: "slack", address: "http://hooks.test/" }, /an https URL/],
    [
      "a webhook with a password",
      { channel: "slack", address: "https://u:p@hooks.test/" },
      /without user name/,
    ],
  ];
  it.each(wrong)("is refused with %s, by the subscription's name", (_name, change, message) => {
    const text = documented({ ...plain, ...change });
    expect(() => readSubscriptions(text)).toThrow(message);
    expect(() => readSubscriptions(text)).toThrow(/subscription "desk"/);
  });

  it("is refused with an id that occurs twice", () => {
    expect(() => readSubscriptions(documented(plain, { ...plain, address: "other@readers.test" }))).toThrow(
      /subscription "desk": expected an id of its own/,
    );
  });

  it("is refused with all its faults at once", () => {
    const text = documented(
      { ...plain, id: "a", since: 1 },
      { ...plain, id: "b", format: "pdf" },
      { id: "no id!" },
    );
    expect(() => readSubscriptions(text)).toThrow(
      /"a": since[\s\S]*"b": format[\s\S]*subscription number 3: id/,
    );
  });

  it.each(["", "null", "[]", '{"subscriptions":[]}', '{"formatVersion":"2.0","subscriptions":[]}', "{"])(
    "is refused when it is %j",
    (text) => {
      expect(() => readSubscriptions(text)).toThrow(/expected/);
    },
  );

  it("may hold nobody, and begin with a byte order mark", () => {
    expect(readSubscriptions(`\uFEFF${documented()}`)).toEqual([]);
  });
});

describe("an address", () => {
  const addresses = [
    "a@b.test\r\nBcc: c@d.test",
    "Name <a@b.test>",
    "a@b.test, c@d.test",
    "a@b.test;c@d.test",
    "a@@b.test",
    "@b.test",
    "a@",
    "a b@c.test",
    "a@b test",
    "a\u200B@b.test",
    "a\u202E@b.test",
    "a@b..test",
    "a@-b.test",
    ".a@b.test",
    "a..b@c.test",
    '"a b"@c.test',
    "a@[127.0.0.1]",
    `${"x".repeat(65)}@b.test`,
    "secret-reader@b.test\0",
  ];
  it.each(addresses)("is refused, and not quoted: %j", (address) => {
    const text = documented({ ...plain, address });
    expect(() => readSubscriptions(text)).toThrow(
      /subscription "desk": address: expected exactly one mailbox/,
    );
    expect(() => readSubscriptions(text)).not.toThrow(address);
  });

  it("is never in any message, whatever else is wrong", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom("id", "since", "cadence", "filters", "quiet", "secret"),
        (value, name) => {
          const text = documented({ ...plain, address: "hidden.reader@b.test", [name]: value });
          try {
            readSubscriptions(text);
          } catch (error) {
            expect(String(error)).not.toContain("hidden.reader");
            expect(error).not.toHaveProperty("cause");
            expect(error).toMatchObject({ code: "subscriptions", exitCode: 2 });
          }
        },
      ),
    );
  });

  it("is in no message about broken JSON either", () => {
    const broken = documented({ ...plain, address: "hidden.reader@b.test" }).replace('"since"', "since");
    expect(() => readSubscriptions(broken)).toThrow(/JSON document/);
    expect(() => readSubscriptions(broken)).not.toThrow("hidden");
  });

  const good: readonly (readonly [string, string])[] = [
    ["o'hara+ofac@mail.example.test", "o'hara+ofac@mail.example.test"],
    ["jose\u0301@b.test", "josé@b.test"],
    ["用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah"],
  ];
  it.each(good)("is taken: %s", (address, normal) => {
    expect(readSubscriptions(documented({ ...plain, address }))[0]?.address).toBe(normal);
  });
});
