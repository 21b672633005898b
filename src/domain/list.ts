/** The two files OFAC publishes: the SDN list, and all non-SDN lists together. */
export type ListId = "sdn" | "consolidated";

/** Every list, in the order in which they are read, judged and shown. */
export const LISTS: readonly ListId[] = ["sdn", "consolidated"];

/** Label of a list inside a headline; the SDN list has none. */
export const HEADLINE_LABEL: Readonly<Record<ListId, string>> = { sdn: "", consolidated: "Non-SDN" };

/** Name of a list for a reader. */
export const LIST_TITLE: Readonly<Record<ListId, string>> = {
  sdn: "SDN List",
  consolidated: "Non-SDN Consolidated List",
};

export function isListId(value: string): value is ListId {
  return value === "sdn" || value === "consolidated";
}
