import { defineConfig } from "vitest/config";

/** Whole stories with real processes, git, HTTP and SMTP: too long for the quick tests, in need of no data. */
export default defineConfig({
  test: {
    include: ["test/**/*.story.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    pool: "forks",
  },
});
