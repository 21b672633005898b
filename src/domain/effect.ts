/** How much a change matters, on one axis. `materiality` is the higher of the two axes. */
export type Effect = "critical" | "major" | "minor" | "cosmetic" | "none";

/** Highest first. */
export const EFFECTS: readonly Effect[] = ["critical", "major", "minor", "cosmetic", "none"];

/** The highest of some levels; `none` for none. */
export function maxEffect(levels: Iterable<Effect>): Effect {
  let best = EFFECTS.length - 1;
  for (const level of levels) best = Math.min(best, EFFECTS.indexOf(level));
  return EFFECTS[best] ?? "none";
}

/** True when `level` is at least `floor`. */
export function atLeast(level: Effect, floor: Effect): boolean {
  return EFFECTS.indexOf(level) <= EFFECTS.indexOf(floor);
}
