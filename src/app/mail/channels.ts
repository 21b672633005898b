import type { Channel, ChannelName, EmlFolder, HookPort, KeyRing, Subscription } from "../../notify/index.ts";
import { emlChannel, slackChannel, smtpChannel, teamsChannel, webhookChannel } from "../../notify/index.ts";
import type { ConfigFile } from "../config/config.ts";
import { readLocalFile } from "../files.ts";
import { type MailSecrets, mailSettings, smtpSettings } from "./mail-settings.ts";

/** What channels reach people through. */
export interface ChannelPorts {
  readonly config: ConfigFile;
  readonly secrets: MailSecrets;
  readonly eml: EmlFolder;
  /** Missing: hooks wait as `channel-not-configured`. */
  readonly hooks?: HookPort;
  readonly now: string;
}

export type Channels = Readonly<Partial<Record<ChannelName, Channel>>>;

/** The channels that some subscription uses; what nobody uses need not be configured. */
export function openChannels(
  ports: ChannelPorts,
  keys: KeyRing,
  subscriptions: readonly Subscription[],
): Channels {
  const used = new Set(subscriptions.map(({ channel }) => channel));
  const { hooks, now } = ports;
  return {
    ...(used.has("mail") ? { mail: mailChannel(ports, keys) } : {}),
    ...(hooks !== undefined && used.has("webhook") ? { webhook: webhookChannel(hooks, now) } : {}),
    ...(hooks !== undefined && used.has("slack") ? { slack: slackChannel(hooks) } : {}),
    ...(hooks !== undefined && used.has("teams") ? { teams: teamsChannel(hooks) } : {}),
  };
}

export async function closeChannels(channels: Channels): Promise<void> {
  for (const channel of Object.values(channels)) await channel.close();
}

function mailChannel({ config, secrets, eml }: ChannelPorts, keys: KeyRing): Channel {
  const mail = mailSettings(config, secrets);
  if ((config.mail?.transport ?? "eml") === "eml") return emlChannel(mail, eml, keys);
  return smtpChannel(mail, smtpSettings(config, secrets, trustedAuthority(config)), keys);
}

/** The text of `mail.caFile`. */
export function trustedAuthority(config: ConfigFile): string | undefined {
  const path = config.mail?.caFile;
  return path === undefined ? undefined : new TextDecoder().decode(readLocalFile(path).bytes);
}
