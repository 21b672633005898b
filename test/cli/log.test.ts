import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { createLog, logFormatOf } from "../../src/cli/log.ts";
import { withoutSecrets } from "../../src/cli/secrets.ts";
import { SourceError } from "../../src/domain/index.ts";

const ENVIRONMENT = {
  OFAC_LEDGER_SMTP_PASSWORD: "correct horse battery",
  OFAC_LEDGER_DELIVERY_SECRETS: "first-secret-of-thirty-two-chars,second-secret",
  OFAC_LEDGER_SUBSCRIPTIONS:
    '{"subscriptions":[{"id":"compliance","address":"https://hooks.example/T0/B0/abc","secret":"whsec_0123456789"}]}',
  OFAC_LEDGER_NOW: "2023-05-23T18:00:00Z",
  OFAC_LEDGER__MAIL__SMTP_HOST: "mail.example",
};

/** What a log writes, line by line. */
function logged(
  format: "text" | "json",
  quiet: boolean,
  work: (log: ReturnType<typeof createLog>) => void,
): string[] {
  let text = "";
  const stream = { isTTY: false, write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
  work(createLog({ format, quiet, stream, now: () => "2023-05-23T18:00:00Z", environment: ENVIRONMENT }));
  return text.split("\n").slice(0, -1);
}

describe("the log", () => {
  it("is one JSON object a line, with time, level, code and message", () => {
    const lines = logged("json", false, (log) => {
      log.progress.line("reading SDN.XML");
      log.info("round", "round 1");
      log.warning("unknown-element", "two\nlines");
      log.error(new SourceError("unreachable", "host away"), "sdn");
      log.error(new TypeError("oops"));
    });
    const facts: unknown[] = lines.map((line) => JSON.parse(line));
    const time = "2023-05-23T18:00:00Z";
    expect(facts.slice(0, 4)).toEqual([
      { time, level: "info", code: "progress", message: "reading SDN.XML" },
      { time, level: "info", code: "round", message: "round 1" },
      { time, level: "warning", code: "unknown-element", message: "two\nlines" },
      { time, level: "error", code: "unreachable", message: "host away", where: "sdn" },
    ]);
    expect(facts[4]).toMatchObject({ level: "bug", message: expect.stringContaining("TypeError: oops") });
    expect(facts).toHaveLength(5);
  });

  it("is lines for people otherwise", () => {
    const lines = logged("text", false, (log) => {
      log.progress.line("reading SDN.XML");
      log.warning("odd", "a thing");
      log.error(new SourceError("unreachable", "host away"), "sdn");
    });
    expect(lines.map(stripVTControlCharacters)).toEqual([
      "reading SDN.XML",
      "warning odd: a thing",
      "sdn: error unreachable: host away",
    ]);
  });

  it.each(["text", "json"] as const)("when quiet keeps complaints and drops the rest, as %s", (format) => {
    const lines = logged(format, true, (log) => {
      log.progress.line("reading");
      log.progress.step(1, 2, "reading");
      log.info("round", "round 1");
      log.warning("odd", "a thing");
      log.summary("what stands");
      log.error(new SourceError("unreachable", "host away"));
    });
    expect(lines).toHaveLength(3);
  });

  it.each(["text", "json"] as const)(
    "holds no secret, no address and nothing that steers a terminal, as %s",
    (format) => {
      const [line = ""] = logged(format, false, (log) =>
        log.warning(
          "odd",
          "pw correct horse battery for jane.doe+x@bank.example \u001b[2J\u202e of first-secret-of-thirty-two-chars",
        ),
      );
      expect(line).toContain("pw [secret] for [address] ");
      expect(line).toContain("u001b[2J");
      expect(
        ["\u001b[2J", "\u202e", "thirty-two", "horse", "jane"].filter((part) => line.includes(part)),
      ).toEqual([]);
    },
  );

  it("takes its format from the words of a command line, however wrong they are", () => {
    expect(logFormatOf(["update", "--log", "json"])).toBe("json");
    expect(logFormatOf(["--log=json", "nonsense"])).toBe("json");
    expect(logFormatOf(["update", "--log"])).toBe("text");
    expect(logFormatOf(["update", "--log", "xml"])).toBe("text");
  });
});

describe("secrets", () => {
  it.each([
    ["second-secret", "[secret]"],
    ["https://hooks.example/T0/B0/abc refused", "[secret] refused"],
    ["whsec_0123456789", "[secret]"],
    ['subscription "compliance" is paused', 'subscription "compliance" is paused'],
    ["now is 2023-05-23T18:00:00Z at mail.example", "now is 2023-05-23T18:00:00Z at mail.example"],
    ["用户@例子.公司 and name@domain", "[address] and name@domain"],
  ])("%j becomes %j", (text, expected) => {
    expect(withoutSecrets(text, ENVIRONMENT)).toBe(expected);
  });

  it("cost no time on a long foreign text", () => {
    const text = `${"a.".repeat(50_000)}@${"b-".repeat(50_000)}`;
    const begun = performance.now();
    withoutSecrets(text, {});
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
