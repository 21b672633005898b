import { describe, expect, it } from "vitest";
import { MUTATION_FORMATS, runMutants } from "./mutation.ts";

describe("damaged documents", () => {
  it.each(Object.keys(MUTATION_FORMATS))(
    "raise an issue or differ exactly where another reader sees it (%s)",
    async (format) => {
      const tally = await runMutants(format, 400, 20230523);
      expect(tally["refused"]).toBeGreaterThan(40);
      expect(tally["differs"]).toBeGreaterThan(3);
    },
  );
});
