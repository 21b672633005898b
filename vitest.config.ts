import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.real.test.ts", "test/**/*.soak.test.ts", "test/**/*.browser.test.ts"],
    testTimeout: 20_000,
    pool: "forks",
  },
});
