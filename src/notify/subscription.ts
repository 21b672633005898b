import type { Effect, IsoDate } from "../domain/index.ts";
import type { Cadence, QuietPeriod } from "./cadence.ts";

/** Someone who wants to hear, and of what. The address stays in memory: it is never written, logged or thrown. */
export interface Subscription {
  /** Names it in reports, errors and unsubscribe links. */
  readonly id: string;
  readonly channel: ChannelName;
  /** A mailbox with an ASCII domain (RFC 5321, local part perhaps UTF-8: RFC 6531), or the HTTPS URL of a hook. */
  readonly address: string;
  /** Of the secret that signs webhook bodies (RFC 2104); other channels have none. */
  readonly secret?: string;
  /** US Eastern date: nothing published earlier is ever sent. */
  readonly since: IsoDate;
  readonly cadence: Cadence;
  readonly quiet?: QuietPeriod;
  readonly filters: Filters;
  readonly format: "html" | "text";
  /** BCP 47 tag of the language file. */
  readonly language: string;
  /** Daily and weekly only: say so when nothing changed. */
  readonly confirmUnchanged: boolean;
  /** Add the re-screen pack as an attachment. */
  readonly attachRescreen: boolean;
  /** One message to the address of a mailing list, whose own software adds the unsubscribe headers. */
  readonly mailingList: boolean;
}

export type ChannelName = "mail" | "webhook" | "slack" | "teams";

export const CHANNELS: readonly ChannelName[] = ["mail", "webhook", "slack", "teams"];

/**
 * What a subscription wants to hear of. Each named filter must match; inside one, any value does. What the
 * source cannot tell matches. Left out means everything.
 */
export interface Filters {
  readonly lists?: readonly ListCode[];
  /** OFAC's tags, compared without regard to case. */
  readonly programs?: readonly string[];
  /** `entity`, `individual`, `vessel`, `aircraft`. */
  readonly types?: readonly string[];
  /** OFAC's spelling or ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[];
  /** Kinds of events, e.g. `delisting`: some of `EVENT_KINDS`. */
  readonly events?: readonly string[];
  /** Never hides additions, removals or corrections. */
  readonly minimumMateriality?: Effect;
}

export type ListCode = "SDN" | "SSI" | "NS-PLC" | "CAPTA" | "NS-MBS" | "NS-CMIC" | "FSE";

/** OFAC's names of the lists by the codes in which people speak of them. */
export const LIST_CODES: Readonly<Record<ListCode, string>> = {
  SDN: "SDN List",
  SSI: "Sectoral Sanctions Identifications List",
  "NS-PLC": "Non-SDN Palestinian Legislative Council List",
  CAPTA: "CAPTA List",
  "NS-MBS": "Non-SDN Menu-Based Sanctions List",
  "NS-CMIC": "Non-SDN CMIC List",
  FSE: "FSE List",
};
