import { defineConfig } from "vitest/config";

/** Tests on OFAC's real files, which lie beside the project and never in it. */
export default defineConfig({
  test: { include: ["test/**/*.real.test.ts"], testTimeout: 300_000, hookTimeout: 300_000, pool: "forks" },
});
