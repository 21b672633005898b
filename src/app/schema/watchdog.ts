import Type from "typebox";
import type { RememberedAlarm, Told, WatchMemory } from "../watchdog/memory.ts";
import type { AlarmIssue } from "../watchdog/words.ts";
import { describes, formatVersion, instant, nullable, text, texts } from "./words.ts";

const alarmState = Type.Enum([
  "absent",
  "failing",
  "behind",
  "waiting",
  "broken",
  "undelivered",
  "unreadable",
  "clear",
]);
const key = text("`looks`, `source:sdn`, `publication`, `held:sdn`, `chain`, `mail`, `site`.");

export const WatchMemoryFile = describes<WatchMemory>()(
  "WatchMemory",
  "What the watchdog has found and told, so that it says nothing twice.",
  Type.Object({
    formatVersion,
    alarms: Type.Array(
      describes<RememberedAlarm>()(
        "RememberedAlarm",
        "One key, in the state in which it was last found.",
        Type.Object({
          key,
          state: alarmState,
          found: instant("When the watchdog found it in this state."),
          title: text("As it was last found."),
          lines: texts("As they were last found."),
          since: nullable(instant("UTC."), "Since when, where that is known."),
          told: Type.Array(
            describes<Told>()(
              "Told",
              "What a channel was last told of it.",
              Type.Object({ channel: text("`mail-1`, `webhook`."), state: alarmState, at: instant("UTC.") }),
            ),
          ),
        }),
      ),
    ),
  }),
);

export const AlarmIssues = Type.Array(
  describes<AlarmIssue>()(
    "AlarmIssue",
    "An alarm for an issue tracker.",
    Type.Object({
      key,
      state: Type.Enum(["firing", "resolved"]),
      title: text("One line."),
      body: text("The same as long as the state is the same."),
    }),
  ),
  { title: "AlarmIssues", description: "Every alarm there is; one that is not among them is over." },
);
