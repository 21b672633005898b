import { describe, expect, it } from "vitest";
import { composeLedger } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { blamed, damaged, damages } from "../support/damage.ts";

describe("verify names the file in which", () => {
  const { content } = composed();

  function composed() {
    const files = memoryFiles();
    composeLedger(files);
    return files;
  }

  it("nothing is wrong: none", () => {
    expect(blamed(content)).toEqual([]);
  });

  it.each(
    damages(content, 60, 20230523).map(
      (damage) => [`${damage.how} ${damage.file} at ${damage.at}`, damage] as const,
    ),
  )("%s", (_, damage) => {
    expect(blamed(damaged(content, damage))).toEqual([damage.file]);
  });

  it("each file in turn is missing", () => {
    for (const file of content.keys()) {
      expect(blamed(damaged(content, { file, how: "remove", at: 0, value: 0 })), file).toEqual([file]);
    }
  });
});
