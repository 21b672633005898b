import { expect, it } from "vitest";
import { DAYS } from "./days.ts";
import { DEATHS } from "./deaths.ts";
import { deathsOf, tellStory } from "./story.ts";

it("a runner dies once at every stage in these thirty days", () => {
  expect(DAYS).toHaveLength(30);
  expect(new Set(deathsOf(DAYS).map(({ death }) => death))).toEqual(new Set(Object.keys(DEATHS)));
});

tellStory("thirty days with real processes, git, HTTP and SMTP", DAYS, 3_600_000);
