// What the inputs of the action `track` stand for. A test holds this table against action.yml, the configuration's
// schema, the options of the command line and the README.

/** The stages a job may ask for, in the order in which they run. */
export const STAGES = ["track", "site", "send", "watchdog"];

/** Inputs that set a member of the configuration, over what its file says. */
export const SETTINGS = {
  lists: ["lists"],
  profile: ["profile"],
  notices: ["notices"],
  "site-title": ["site", "title"],
  "site-base-url": ["site", "baseUrl"],
  "site-author": ["site", "author"],
  "site-tag-authority": ["site", "tagAuthority"],
  "site-tag-date": ["site", "tagDate"],
  "site-repository-url": ["site", "repositoryUrl"],
  "mail-from": ["mail", "from"],
  "mail-list-id": ["mail", "listId"],
  "mail-subscriptions": ["mail", "subscriptions"],
  "mail-transport": ["mail", "transport"],
  "mail-smtp-host": ["mail", "smtpHost"],
  "mail-smtp-port": ["mail", "smtpPort"],
  "mail-tls": ["mail", "tls"],
  "mail-unsubscribe-mailto": ["mail", "unsubscribeMailto"],
  "mail-unsubscribe-url": ["mail", "unsubscribeUrl"],
};

/** Inputs that are options of the command line. */
export const OPTIONS = {
  ledger: { flag: "--ledger <dir>", command: "update" },
  config: { flag: "--config <file>", command: "update" },
  accept: { flag: "--accept <sha256>", command: "update" },
  force: { flag: "--force", command: "update" },
  out: { flag: "--out <dir>", command: "build" },
  "resend-unknown": { flag: "--resend-unknown", command: "send" },
  "try-again": { flag: "--try-again <subscription>", command: "send" },
};

/** Inputs that only these scripts know. */
export const OWN = [
  "stages",
  "evidence-branch",
  "raw-branch",
  "watchdog-branch",
  "deployed-at",
  "issues",
  "releases",
  "token",
];

/** Inputs that are secrets, and the environment variable that each becomes, only in the steps that need it. */
export const SECRETS = {
  subscriptions: "OFAC_LEDGER_SUBSCRIPTIONS",
  "subscriptions-token": "OFAC_LEDGER_SUBSCRIPTIONS_TOKEN",
  "delivery-secrets": "OFAC_LEDGER_DELIVERY_SECRETS",
  "smtp-user": "OFAC_LEDGER_SMTP_USER",
  "smtp-password": "OFAC_LEDGER_SMTP_PASSWORD",
  "smtp-oauth-token": "OFAC_LEDGER_SMTP_OAUTH_TOKEN",
  "smtp-oauth-client-id": "OFAC_LEDGER_SMTP_OAUTH_CLIENT_ID",
  "smtp-oauth-client-secret": "OFAC_LEDGER_SMTP_OAUTH_CLIENT_SECRET",
  "smtp-oauth-refresh-token": "OFAC_LEDGER_SMTP_OAUTH_REFRESH_TOKEN",
  "dkim-key": "OFAC_LEDGER_DKIM_KEY",
  "webhook-secret": "OFAC_LEDGER_WEBHOOK_SECRET",
  "watchdog-webhook": "OFAC_LEDGER_WATCHDOG_WEBHOOK",
  "signing-key": "OFAC_LEDGER_SIGNING_KEY",
};

/** The environment variable in which an input reaches `begin.mjs`. */
export function variableOf(name) {
  return `INPUT_${name.toUpperCase().replaceAll("-", "_")}`;
}

/** The environment variable that sets a member of the configuration, as the command line reads it. */
export function settingVariable(path) {
  const words = path.map((member) => member.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase());
  return `OFAC_LEDGER__${words.join("__")}`;
}
