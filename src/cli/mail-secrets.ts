import type { SendSecrets } from "../app/index.ts";
import { readText } from "./read-file.ts";

/** Everything that mail needs and only the environment holds. Empty means not set. */
export function mailSecrets(): SendSecrets {
  return {
    delivery: (process.env["OFAC_LEDGER_DELIVERY_SECRETS"] ?? "").split(/[\s,]+/).filter((one) => one !== ""),
    smtpUser: given(process.env["OFAC_LEDGER_SMTP_USER"]),
    smtpPassword: given(process.env["OFAC_LEDGER_SMTP_PASSWORD"]),
    oauthToken: given(process.env["OFAC_LEDGER_SMTP_OAUTH_TOKEN"]),
    oauthClientId: given(process.env["OFAC_LEDGER_SMTP_OAUTH_CLIENT_ID"]),
    oauthClientSecret: given(process.env["OFAC_LEDGER_SMTP_OAUTH_CLIENT_SECRET"]),
    oauthRefreshToken: given(process.env["OFAC_LEDGER_SMTP_OAUTH_REFRESH_TOKEN"]),
    dkimKey: given(process.env["OFAC_LEDGER_DKIM_KEY"]) ?? keyFile(),
    webhook: given(process.env["OFAC_LEDGER_WEBHOOK_SECRET"]),
  };
}

function given(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

function keyFile(): string | undefined {
  const path = given(process.env["OFAC_LEDGER_DKIM_KEY_FILE"]);
  return path === undefined ? undefined : readText(path, "OFAC_LEDGER_DKIM_KEY_FILE", "dkim-key");
}
