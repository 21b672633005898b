// What the inputs of the action `track` stand for. A test holds this table against action.yml, the configuration's
// schema, the options of the command line and the README.

/** The stages a job may ask for, in the order in which they run. */
export const STAGES = ["track", "site", "send", "watchdog"];

/** Inputs that set a member of the configuration, over what its file says. */
export const SETTINGS = {
  lists: { path: ["lists"], kind: "words" },
  profile: { path: ["profile"], kind: "text" },
  notices: { path: ["notices"], kind: "flag" },
  "site-title": { path: ["site", "title"], kind: "text" },
  "site-base-url": { path: ["site", "baseUrl"], kind: "text" },
  "site-author": { path: ["site", "author"], kind: "text" },
  "site-tag-authority": { path: ["site", "tagAuthority"], kind: "text" },
  "site-tag-date": { path: ["site", "tagDate"], kind: "text" },
  "site-repository-url": { path: ["site", "repositoryUrl"], kind: "text" },
  "mail-from": { path: ["mail", "from"], kind: "text" },
  "mail-list-id": { path: ["mail", "listId"], kind: "text" },
  "mail-subscriptions": { path: ["mail", "subscriptions"], kind: "text" },
  "mail-transport": { path: ["mail", "transport"], kind: "text" },
  "mail-smtp-host": { path: ["mail", "smtpHost"], kind: "text" },
  "mail-smtp-port": { path: ["mail", "smtpPort"], kind: "number" },
  "mail-tls": { path: ["mail", "tls"], kind: "text" },
  "mail-unsubscribe-mailto": { path: ["mail", "unsubscribeMailto"], kind: "text" },
  "mail-unsubscribe-url": { path: ["mail", "unsubscribeUrl"], kind: "text" },
};

/** Inputs that are options of the command line. */
export const OPTIONS = {
  ledger: { flag: "--ledger <dir>", command: "update" },
  config: { flag: "--config <file>", command: "update" },
  accept: { flag: "--accept <sha256>", command: "update" },
  force: { flag: "--force", command: "update" },
  out: { flag: "--out <dir>", command: "build" },
};

/** Inputs that only these scripts know. */
export const OWN = [
  "stages",
  "evidence-branch",
  "raw-branch",
  "watchdog-branch",
  "issues",
  "releases",
  "token",
];

/** Inputs that are secrets, and the environment variable that each becomes, only in the steps that need it. */
export const SECRETS = {
  subscriptions: "OFAC_LEDGER_SUBSCRIPTIONS",
  "delivery-secrets": "OFAC_LEDGER_DELIVERY_SECRETS",
  "smtp-user": "OFAC_LEDGER_SMTP_USER",
  "smtp-password": "OFAC_LEDGER_SMTP_PASSWORD",
  "signing-key": "OFAC_LEDGER_SIGNING_KEY",
};

/** The environment variable in which an input reaches `begin.mjs`. */
export function variableOf(name) {
  return `INPUT_${name.toUpperCase().replaceAll("-", "_")}`;
}
