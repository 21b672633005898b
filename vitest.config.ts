import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["real", "story", "soak", "browser"].map((tier) => `test/**/*.${tier}.test.ts`),
    testTimeout: 20_000,
    pool: "forks",
    // Rooms hold no state of their own, so files share what a worker has loaded.
    isolate: false,
  },
});
