import { defineConfig } from "vitest/config";

/** The long ones: thousands of trials, kills at random moments, full-size files. */
export default defineConfig({
  test: {
    include: ["test/**/*.soak.test.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    pool: "forks",
    fileParallelism: false,
  },
});
