import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Party } from "../../src/domain/index.ts";
import { partyKeys } from "../../src/judge/index.ts";
import { fold } from "../../src/judge/keys/fold.ts";
import { createKeyIndex } from "../../src/judge/keys/key-index.ts";
import {
  normaliseEmail,
  normaliseImo,
  normaliseNumber,
  normalisePhone,
  normaliseText,
  normaliseWallet,
  normaliseWebsite,
} from "../../src/judge/keys/normalise.ts";
import { stateArbitrary } from "../support/parties.ts";
import { stateOf } from "./case.ts";

describe("normalisation", () => {
  it.each([
    ["AL-ZUMAR, Abbud", "AL ZUMAR ABBUD"],
    ["SHUKR, Fu'ad", "SHUKR FUAD"],
    ["SHUKR, Fu\u2019ad", "SHUKR FUAD"],
    ["  Composed   Trading\u00a0Co., Ltd. ", "COMPOSED TRADING CO LTD"],
    ["Müller", "MULLER"],
    ["Straße", "STRASSE"],
    ["Ærø Łódź Đorđe ıstanbul", "AERO LODZ DORDE ISTANBUL"],
    ["ＣＯＭＰＯＳＥＤ", "COMPOSED"],
    ["\u202bمجتبی\u202c", "مجتبی"],
    ["Андрей", "АНДРЕЙ"],
    ["ガス", "ガス"],
    ["김상만", "김상만"],
    ["***", "***"],
  ])("of the name %j is %j", (raw, normalised) => {
    expect(normaliseText(raw)).toBe(normalised);
  });

  it("keeps the order of words: names in another order are another key", () => {
    expect(normaliseText("DOE, John")).not.toBe(normaliseText("John Doe"));
  });

  it("of ASCII alone is what the long way gives, which a letter outside ASCII behind it takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
        const words = /[a-z0-9]/i.test(text) ? normaliseText(text) : "";
        expect(normaliseText(`${text} ж`)).toBe(`${words} Ж`.trim());
      }),
    );
  });

  it.each([
    [normaliseNumber, "AB-123 456", "AB123456"],
    [normaliseNumber, "-", "-"],
    [normaliseImo, "IMO 9187629", "9187629"],
    [normaliseImo, "9187629", "9187629"],
    [normalisePhone, "+1 (234) 567-890", "1234567890"],
    [normalisePhone, "001 234 567 890", "1234567890"],
    [normaliseEmail, "John.Doe@Composed.EXAMPLE", "john.doe@composed.example"],
    [normaliseWebsite, "https://www.Composed.example/", "composed.example"],
    [normaliseWebsite, "http://composed.example/Path?Q=A", "composed.example/Path?Q=A"],
    [
      normaliseWallet,
      "0xABCDEFabcdefABCDEFabcdefABCDEFabcdefABCD",
      "0xabcdefabcdefabcdefabcdefabcdefabcdefabcd",
    ],
    [
      normaliseWallet,
      "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    ],
    [normaliseWallet, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"],
  ])("%o of %j is %j", (normalise, raw, normalised) => {
    expect(normalise(raw)).toBe(normalised);
  });

  it("is the same when done twice, and never empty unless the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
        expect(once === "").toBe(text.trim() === "");
      }),
    );
  });
});

const COMPOSED: Party = {
  uid: 1,
  type: "vessel",
  name: { full: "COMPOSED STAR", scripts: [{ script: "Korean", full: "김상만" }] },
  blocking: "yes",
  aliases: [
    { type: "f.k.a.", quality: "strong", full: "OLD STAR" },
    { type: "a.k.a.", quality: "weak", full: "STAR" },
  ],
  documents: [
    { type: "Vessel Registration Identification", number: "IMO 9187629" },
    { type: "MMSI", number: "319957000" },
    { type: "Legal Entity Number", number: "253400XSJ4C01YMCXG44" },
    { type: "Passport", number: "AB-123456", country: "Utopia" },
    { type: "Passport", country: "Utopia" },
  ],
  features: [
    { type: "SWIFT/BIC", value: "COMPUTXX" },
    { type: "Equity Ticker", value: "688244 CH" },
    { type: "ISIN", value: "US0000000000" },
    { type: "Organization Type:", value: "Shipping" },
  ],
  wallets: [{ currency: "XBT", address: "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t" }],
  contacts: [
    { type: "Website", value: "www.composed.example" },
    { type: "Email Address", value: "a@composed.example" },
    { type: "Phone Number", value: "+1 234" },
  ],
  vessel: [
    { type: "Vessel Call Sign", value: "ABCD1" },
    { type: "Vessel Flag", value: "Utopia" },
  ],
  aircraft: [
    { type: "Aircraft Tail Number", value: "XX-12345" },
    { type: "Aircraft Manufacturer’s Serial Number (MSN)", value: "83484547" },
    { type: "Aircraft Mode S Transponder Code", value: "1533A5" },
  ],
};

describe("match keys", () => {
  it("are all that a screen compares, in their own spaces", () => {
    expect(
      partyKeys(COMPOSED).map((key) => `${key.space} ${key.normalised}${key.weak ? " weak" : ""}`),
    ).toEqual([
      "name COMPOSED STAR",
      "name 김상만",
      "name OLD STAR",
      "name STAR weak",
      "imo 9187629",
      "mmsi 319957000",
      "lei 253400XSJ4C01YMCXG44",
      "document AB123456",
      "swift-bic COMPUTXX",
      "ticker 688244CH",
      "isin US0000000000",
      "wallet TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
      "website composed.example",
      "email a@composed.example",
      "phone 1234",
      "call-sign ABCD1",
      "tail-number XX12345",
      "msn 83484547",
      "mode-s 1533A5",
    ]);
  });

  it("decide alone only where one party alone can hold them", () => {
    const decisive = partyKeys(COMPOSED).filter((key) => key.decisive);
    expect(decisive.map((key) => key.space)).toEqual([
      "imo",
      "mmsi",
      "lei",
      "document",
      "swift-bic",
      "wallet",
      "tail-number",
      "msn",
    ]);
  });
});

describe("folding", () => {
  it("sees through writing, not through content", () => {
    const date = (value: string, day: string) => ({ uid: 3, value, period: { from: day, to: day } });
    const same = (one: object, other: object, area: "birth-date" | "document" | "wallet" | "remarks") =>
      fold(area, one, { rank: "kept" }) === fold(area, other, { rank: "kept" });
    expect(same(date("01 Jan 1970", "1970-01-01"), date("1 January 1970", "1970-01-01"), "birth-date")).toBe(
      true,
    );
    expect(same(date("01 Jan 1970", "1970-01-01"), date("01 Jan 1970", "1970-01-02"), "birth-date")).toBe(
      false,
    );
    expect(same({ type: "Passport", number: "AB 1" }, { type: "PASSPORT", number: "ab-1" }, "document")).toBe(
      true,
    );
    expect(same({ currency: "XBT", address: "abc" }, { currency: "XBT", address: "ABC" }, "wallet")).toBe(
      false,
    );
    expect(same({ text: "31 CFR 589.201" }, { text: "31 CFR 589201" }, "remarks")).toBe(false);
    expect(
      fold("gender", { value: "Male", main: true }, { rank: "kept" }) ===
        fold("gender", { value: "Male" }, { rank: "kept" }),
    ).toBe(false);
  });
});

describe("the key index", () => {
  it("answers from the state alone, however it came there", () => {
    const kept = createKeyIndex();
    fc.assert(
      fc.property(stateArbitrary(), (state) => {
        const fresh = createKeyIndex();
        fresh.sync(state);
        kept.sync(state);
        for (const line of state.parties.values()) {
          for (const key of partyKeys(JSON.parse(line.line) as Party)) {
            expect(kept.holders(key)).toEqual(fresh.holders(key));
            expect(fresh.holders(key)).toContain(line.uid);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("forgets keys that left", () => {
    const index = createKeyIndex();
    index.sync(stateOf("sdn", [COMPOSED], {}));
    const key = { space: "name", normalised: "OLD STAR" } as const;
    expect(index.holders(key)).toEqual([1]);
    index.sync(stateOf("sdn", [{ ...COMPOSED, aliases: [] }], {}));
    expect(index.holders(key)).toEqual([]);
  });
});
