import { fileURLToPath } from "node:url";

/** What a process is about to do, or has just done, when its machine goes away. */
interface Blow {
  /** `run`: starts a program; `rename`: puts a file in its place; `say`: writes to a connection. */
  readonly call: "run" | "rename" | "say";
  /** Regular expression: the command line, the file's new path, or what is said. */
  readonly match: string;
  /** The how-manieth such call of a process; the first by default. */
  readonly nth?: number;
  readonly when: "before" | "after";
}

const PUSH_MAIN = "^git push .*HEAD:refs/heads/main$";
const PUSH_EVIDENCE = "^git push .*:refs/heads/ofac-ledger-evidence$";
const PUSH_DELIVERIES = "push-deliveries\\.mjs";

/**
 * Where a runner can die, one for each stage and each side of an effect. SIGKILL for all its processes at once, and its
 * disk is lost with it.
 */
export const DEATHS = {
  "while it fetches a list": { call: "say", match: "^GET /Published/.*SDN", when: "after" },
  "while it writes the ledger": { call: "rename", match: "sdn/live/head\\.json$", when: "before" },
  "before it commits": { call: "run", match: "^git commit ", when: "before" },
  "between commit and push": { call: "run", match: PUSH_MAIN, when: "before" },
  "between push and knowing of it": { call: "run", match: PUSH_MAIN, when: "after" },
  "before it keeps the evidence": { call: "run", match: PUSH_EVIDENCE, when: "before" },
  "while it writes the site": { call: "rename", match: "public/", nth: 20, when: "before" },
  "before the intents are pushed": { call: "run", match: PUSH_DELIVERIES, when: "before" },
  "between intents and mail": { call: "run", match: PUSH_DELIVERIES, when: "after" },
  "between mail and results": { call: "run", match: PUSH_DELIVERIES, nth: 2, when: "before" },
  "after the results are pushed": { call: "run", match: PUSH_DELIVERIES, nth: 2, when: "after" },
  "after it alarmed": { call: "run", match: "^git push .*:refs/heads/ofac-ledger-watchdog$", when: "before" },
} as const satisfies Record<string, Blow>;

export type Death = keyof typeof DEATHS;

const BLOW = fileURLToPath(new URL("blow.mjs", import.meta.url));

/** What the processes of a runner need in their environment to die there. */
export function dying(death: Death): Record<string, string> {
  return { STORY_BLOW: JSON.stringify(DEATHS[death]), NODE_OPTIONS: `--import=${BLOW}` };
}
