import Type from "typebox";

/** A path: blanks alone would be a folder that nobody meant. */
export const NOT_BLANK = { minLength: 1, pattern: "\\S" } as const;

/** What is kept beside the ledger. */
export const EvidenceConfig = Type.Partial(
  Type.Object({
    dir: Type.String({
      ...NOT_BLANK,
      description:
        "A folder of its own for checks, looks and latencies; by default they lie in the ledger's.",
    }),
  }),
  { additionalProperties: false },
);

const hours = (description: string) => Type.Number({ minimum: 0, maximum: 8_784, description });

/** When the watchdog speaks up, and to whom. The webhook's address is a secret: it comes from the environment. */
export const WatchdogConfig = Type.Partial(
  Type.Object({
    absentAfterHours: hours("Without a successful look for so long. Default 24."),
    failingAfterHours: hours("A source has failed in every look for so long. Default 3."),
    behindAfterHours: hours(
      "OFAC's history lists a publication that the ledger has not, for so long. Default 6.",
    ),
    heldAfterHours: hours("Removals have waited for so long. Default 3."),
    mailDays: Type.Integer({
      minimum: 1,
      maximum: 366,
      description: "Mail that was not delivered is an alarm for so many days. Default 7.",
    }),
    remindEveryHours: hours("An alarm that goes on is repeated so often; 0: never. Default 24."),
    mailTo: Type.Array(Type.String({ minLength: 3 }), { description: "Who gets alarms by mail." }),
    state: Type.String({
      ...NOT_BLANK,
      description: "The file that remembers what was told. Default ofac-ledger.watchdog.json.",
    }),
  }),
  { additionalProperties: false },
);
