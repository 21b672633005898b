import { UsageError } from "../../domain/index.ts";
import type { MailSettings, SmtpOAuth2, SmtpPassword, SmtpSettings } from "../../notify/index.ts";
import type { ConfigFile } from "../config/config.ts";

/** What mail needs and no file of the project may hold; from the environment. */
export interface MailSecrets {
  readonly smtpUser?: string | undefined;
  readonly smtpPassword?: string | undefined;
  /** OAuth2: a ready token, or client and refresh token to get one from `mail.oauthUrl`. */
  readonly oauthToken?: string | undefined;
  readonly oauthClientId?: string | undefined;
  readonly oauthClientSecret?: string | undefined;
  readonly oauthRefreshToken?: string | undefined;
  /** RSA, PEM. */
  readonly dkimKey?: string | undefined;
}

/**
 * How messages introduce themselves. The defaults are those of a loopback trial; over SMTP the sender has to be
 * named.
 * @throws UsageError `mail-settings`, `dkim-key` naming the setting
 */
export function mailSettings(config: ConfigFile, secrets: MailSecrets): MailSettings {
  const mail = config.mail ?? {};
  if (mail.transport === "smtp" && mail.from === undefined) {
    throw new UsageError(
      "mail-settings",
      'mail.from: expected the sender, name@domain, with transport "smtp", found none. Set it.',
    );
  }
  const address = mail.from ?? "ofac-ledger@localhost.localdomain";
  const title = config.site?.title ?? "OFAC ledger";
  const { unsubscribeMailto, unsubscribeUrl, oneClick } = mail;
  const dkim = dkimOf(config, secrets);
  return {
    from: { name: mail.fromName ?? title, address },
    ...(mail.replyTo === undefined ? {} : { replyTo: { address: mail.replyTo } }),
    list: {
      name: mail.listName ?? title,
      id: mail.listId ?? `ofac-ledger.${address.slice(address.lastIndexOf("@") + 1).toLowerCase()}`,
    },
    unsubscribe: {
      ...(unsubscribeMailto === undefined ? {} : { mailto: unsubscribeMailto }),
      ...(unsubscribeUrl === undefined ? {} : { https: unsubscribeUrl }),
      ...(oneClick === undefined ? {} : { oneClick }),
    },
    ...(dkim === undefined ? {} : { dkim }),
  };
}

/** A key without a name, or a name without a key, would send unsigned what is meant to be signed. */
function dkimOf(config: ConfigFile, { dkimKey }: MailSecrets): MailSettings["dkim"] {
  const dkim = config.mail?.dkim;
  if (dkim === undefined && dkimKey === undefined) return undefined;
  if (dkim === undefined || dkimKey === undefined) {
    throw new UsageError(
      "dkim-key",
      dkim === undefined
        ? "mail.dkim: expected domain and selector of the DKIM key in the environment, found none. Set them."
        : "OFAC_LEDGER_DKIM_KEY: expected the private key (PEM) of mail.dkim, found none. Set it, or name its file in " +
            "OFAC_LEDGER_DKIM_KEY_FILE.",
    );
  }
  // Secret stores often keep one line only.
  return { ...dkim, privateKey: dkimKey.replaceAll("\\n", "\n") };
}

/**
 * How the mail server is reached.
 * @param ca text of the file that `mail.caFile` names
 * @throws UsageError `no-smtp-host`, `smtp-login` naming the setting
 */
export function smtpSettings(config: ConfigFile, secrets: MailSecrets, ca?: string): SmtpSettings {
  const mail = config.mail ?? {};
  if (mail.smtpHost === undefined) {
    throw new UsageError(
      "no-smtp-host",
      'mail.smtpHost: expected a host name with transport "smtp", found none. Set it.',
    );
  }
  const tls = mail.tls ?? "starttls";
  const auth = loginOf(config, secrets);
  return {
    host: mail.smtpHost,
    port: mail.smtpPort ?? (tls === "implicit" ? 465 : 587),
    tls,
    ...(mail.allowPlain === undefined ? {} : { allowPlain: mail.allowPlain }),
    ...(ca === undefined ? {} : { ca }),
    ...(auth === undefined ? {} : { auth }),
    ...(mail.clientName === undefined ? {} : { clientName: mail.clientName }),
    ...(mail.connections === undefined ? {} : { connections: mail.connections }),
    ...(mail.timeoutSeconds === undefined ? {} : { timeoutSeconds: mail.timeoutSeconds }),
  };
}

function loginOf(config: ConfigFile, secrets: MailSecrets): SmtpPassword | SmtpOAuth2 | undefined {
  const { smtpUser, smtpPassword, oauthToken, oauthRefreshToken } = secrets;
  const ways = [smtpPassword, oauthToken, oauthRefreshToken].filter((way) => way !== undefined).length;
  if (smtpUser === undefined && ways === 0) return undefined;
  if (smtpUser === undefined) throw loginFault("OFAC_LEDGER_SMTP_USER", "the user that logs in", "none");
  if (ways !== 1) {
    throw loginFault(
      "OFAC_LEDGER_SMTP_USER",
      "exactly one of OFAC_LEDGER_SMTP_PASSWORD, OFAC_LEDGER_SMTP_OAUTH_TOKEN and " +
        "OFAC_LEDGER_SMTP_OAUTH_REFRESH_TOKEN beside it",
      String(ways),
    );
  }
  if (smtpPassword !== undefined) return { user: smtpUser, password: smtpPassword };
  if (oauthToken !== undefined) return { user: smtpUser, accessToken: oauthToken };
  return { user: smtpUser, ...refreshOf(config, secrets) };
}

function refreshOf(config: ConfigFile, secrets: MailSecrets): Omit<SmtpOAuth2, "user"> {
  const { oauthClientId, oauthClientSecret, oauthRefreshToken } = secrets;
  const accessUrl = config.mail?.oauthUrl;
  if (accessUrl === undefined) throw loginFault("mail.oauthUrl", "where tokens are made", "none");
  if (oauthClientId === undefined || oauthRefreshToken === undefined) {
    throw loginFault("OFAC_LEDGER_SMTP_OAUTH_CLIENT_ID", "the client of the refresh token", "none");
  }
  return {
    clientId: oauthClientId,
    // A public client has no secret; the library wants the member.
    clientSecret: oauthClientSecret ?? "",
    refreshToken: oauthRefreshToken,
    accessUrl,
  };
}

function loginFault(name: string, expected: string, found: string): UsageError {
  return new UsageError("smtp-login", `${name}: expected ${expected}, found ${found}. Correct the settings.`);
}
