import { describe, expect, it } from "vitest";
import { MUTATION_FORMATS, runMutants } from "./mutation.ts";

describe("damaged documents, 10,000 of each format", () => {
  it.each(Object.keys(MUTATION_FORMATS))(
    "raise an issue or differ exactly where another reader sees it (%s)",
    async (format) => {
      const tally = await runMutants(format, 10_000, 20240504);
      expect(tally["refused"]).toBeGreaterThan(1000);
      expect(tally["differs"]).toBeGreaterThan(100);
    },
  );
});
