import type { PlannedArtifact } from "../domain/index.ts";
import { isNews } from "./feed-entries.ts";
import { HTML } from "./page.ts";
import { type ProgramHistory, renderProgram, renderPrograms } from "./page-program.ts";
import { type Bench, plan } from "./plan.ts";
import { programPath, programsOf } from "./programs.ts";

/** A page for every program that a record ever touched or a listed party has, and one that lists them. */
export function planPrograms(bench: Bench): PlannedArtifact[] {
  const programs = histories(bench);
  const template = "site/program.hbs";
  const overview = programs.map(({ tag, touches }) => [tag, touches.map(({ place }) => place.stored.hash)]);
  return [
    plan(
      bench,
      "programs/index.html",
      HTML,
      { template: "site/programs.hbs", facts: [overview, bench.input.programs ?? [], bench.composed] },
      () => renderPrograms(bench, programs),
    ),
    ...programs.map((program) => {
      const { tag, touches, hasFeed } = program;
      const known = bench.input.programs?.find((facts) => facts.tag === tag) ?? null;
      const facts = [tag, touches.map(({ place }) => place.stored.hash), known, hasFeed];
      return plan(bench, `${programPath(tag)}index.html`, HTML, { template, facts }, () =>
        renderProgram(bench, program),
      );
    }),
  ];
}

function histories(bench: Bench): ProgramHistory[] {
  const byTag = new Map<string, ProgramHistory["touches"][number][]>();
  for (const place of bench.placed) {
    for (const [tag, touch] of programsOf(place.stored.record)) {
      byTag.set(tag, [...(byTag.get(tag) ?? []), { place, touch }]);
    }
  }
  return bench.programTags.map((tag) => {
    const touches = byTag.get(tag) ?? [];
    return { tag, touches, hasFeed: touches.some(({ place }) => isNews(place)) };
  });
}
