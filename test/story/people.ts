/** Who has subscribed in the story, one of each kind. Every name is invented. */
export const SUBSCRIBERS = [
  { id: "desk", address: "desk@bank.example" },
  { id: "iran", address: "counsel@law.example", filters: { programs: ["IRAN"] } },
  { id: "ships", address: "harbour@port.example", filters: { types: ["vessel"] } },
  {
    id: "evening",
    address: "evening@bank.example",
    cadence: { kind: "daily", hour: 18, timeZone: "America/New_York" },
  },
  {
    id: "friday",
    address: "board@bank.example",
    cadence: { kind: "weekly", weekday: "friday", hour: 17, timeZone: "America/New_York" },
  },
] as const;

/** Who gets the watchdog's alarms. */
export const OPERATOR = "operator@bank.example";

/** The document as a secret of the repository holds it. `since` is the day before the story. */
export function subscriptionsDocument(since: string): string {
  const subscriptions = SUBSCRIBERS.map((one) => ({ ...one, since }));
  return JSON.stringify({ formatVersion: "1.0", subscriptions });
}
