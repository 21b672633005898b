import { existsSync, readFileSync } from "node:fs";
import type { SendSecrets } from "../app/index.ts";
import { UsageError } from "../domain/index.ts";

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
  if (path === undefined) return undefined;
  if (!existsSync(path)) {
    throw new UsageError(
      "dkim-key",
      `OFAC_LEDGER_DKIM_KEY_FILE: expected a file with a private key, found nothing at ${path}. Check the path.`,
    );
  }
  return readFileSync(path, "utf8");
}
