import { describe, expect, it } from "vitest";
import type { SendReport } from "../../src/app/index.ts";
import { sendLines } from "../../src/cli/commands/send-report.ts";

function reportOf(code: string): SendReport {
  const failed = { subscription: "compliance", publications: ["sdn-20230523"], outcome: "failed-temporary" };
  return {
    sent: [],
    failed: [{ key: "sha256:00", ...failed, code }],
    unknown: [],
    left: [],
    wouldSend: [],
    skipped: [],
    skipCounts: {},
    paused: [],
    doubts: [{ subscription: "compliance", program: "SDGTT", nearest: "SDGT" }],
  } as unknown as SendReport;
}

describe("what send says of a digest that did not go out", () => {
  it("leads to its text where it could not be composed", () => {
    expect(sendLines(reportOf("not-composed-typeerror"), false)[0]).toBe(
      "not sent to subscription compliance: failed-temporary (not-composed-typeerror); to see why: " +
        "ofac-ledger preview sdn-20230523 --subscription compliance",
    );
  });

  it("doubts filters that may hide everything in a dry run, and only there", () => {
    const doubt = /^subscription "compliance": .*"SDGTT"/;
    expect(sendLines(reportOf("smtp-450"), true).filter((line) => doubt.test(line))).toHaveLength(1);
    expect(sendLines(reportOf("smtp-450"), false).filter((line) => doubt.test(line))).toEqual([]);
  });

  it("is the server's answer where there was one", () => {
    expect(sendLines(reportOf("smtp-450-4.2.1"), false)[0]).toBe(
      "not sent to subscription compliance: failed-temporary (smtp-450-4.2.1)",
    );
  });
});
