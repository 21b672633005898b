import { createHmac } from "node:crypto";
import { canonicalJson, type Instant, sha256Hex } from "../domain/index.ts";
import type { Channel, HandOver, Rendered } from "./channel.ts";
import type { DueItem } from "./outbox.ts";

/** Posts one body. Redirects are not followed; an answer of any status resolves, no answer rejects. */
export interface HookPort {
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<{ readonly status: number }>;
}

/**
 * Signed JSON to any HTTPS endpoint, in the form of standardwebhooks.com: `webhook-id`, `webhook-timestamp`
 * and `webhook-signature: v1,<base64>` over `id.timestamp.body` with HMAC-SHA256. The id is the same for the
 * same publications and subscription, so that a receiver can drop what it already has.
 */
export function webhookChannel(port: HookPort, now: Instant): Channel {
  const timestamp = String(Math.floor(Date.parse(now) / 1000));
  return hookChannel(port, "again", (item, rendered, id) => {
    const body = canonicalJson({
      formatVersion: "1.0",
      type: `ofac-ledger.${item.kind}`,
      id,
      subscription: item.subscription.id,
      date: item.date,
      subject: rendered.subject,
      text: rendered.text,
      publications: item.publications.map(({ record, hash, match }) => ({
        id: record.id,
        hash,
        headline: record.headline,
        list: record.list,
        releaseId: record.releaseId,
        uids: match.uids,
        openFilters: match.open,
      })),
      notices: item.notices ?? [],
      ...(rendered.json === undefined ? {} : { content: rendered.json }),
    });
    const signature = createHmac("sha256", signingKey(item.subscription.secret ?? ""))
      .update(`${id}.${timestamp}.${body}`)
      .digest("base64");
    return {
      body,
      headers: {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature}`,
      },
    };
  });
}

/** A secret as it stands, or the bytes of one in the standard's own notation, `whsec_<base64>`. */
function signingKey(secret: string): Buffer {
  return secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret, "utf8");
}

/** The longest text that Slack keeps whole and Teams takes (28 kB a message). */
const TEXT_LIMIT = 12_000;

/** Slack's incoming webhooks, and whatever takes `{"text": …}` as they do. */
export function slackChannel(port: HookPort): Channel {
  return hookChannel(port, "never", (_item, rendered) => ({
    body: canonicalJson({
      text: `*${slackText(rendered.subject)}*\n${slackText(shortened(rendered.text))}`,
      unfurl_links: false,
    }),
    headers: {},
  }));
}

/** Teams' workflow webhooks: one Adaptive Card. */
export function teamsChannel(port: HookPort): Channel {
  return hookChannel(port, "never", (_item, rendered) => ({
    body: canonicalJson({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: {
            type: "AdaptiveCard",
            $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
            version: "1.4",
            body: [
              { type: "TextBlock", text: cardText(rendered.subject), weight: "Bolder", wrap: true },
              { type: "TextBlock", text: cardText(shortened(rendered.text)), wrap: true },
            ],
          },
        },
      ],
    }),
    headers: {},
  }));
}

type Compose = (
  item: DueItem,
  rendered: Rendered,
  id: string,
) => { body: string; headers: Readonly<Record<string, string>> };

/**
 * `again`: the receiver knows a repeated id, so silence is tried again. `never`: it would show the message
 * twice, so silence stays unknown.
 */
function hookChannel(port: HookPort, onSilence: "again" | "never", compose: Compose): Channel {
  return {
    links: () => ({ unsubscribe: [] }),
    async prepare(item, rendered) {
      const id = `msg_${sha256Hex(JSON.stringify(item.identity)).slice(0, 32)}`;
      const { body, headers } = compose(item, rendered, id);
      const all = { "content-type": "application/json; charset=utf-8", ...headers };
      return {
        reference: id,
        async handOver(leaving) {
          await leaving?.();
          try {
            return judgeStatus((await port.post(item.subscription.address, all, body)).status);
          } catch (error) {
            return judgeSilence(error, onSilence);
          }
        },
      };
    },
    async close() {},
  };
}

const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

function judgeStatus(status: number): HandOver {
  if (status >= 200 && status < 300) return { outcome: "sent", code: "" };
  const temporary = status >= 500 || TRY_AGAIN.has(status);
  return { outcome: temporary ? "failed-temporary" : "failed-permanent", code: `http-${status}` };
}

const NEVER_LEFT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The error's code only: its message may hold the URL, which is a secret of Slack's and Teams'. */
function judgeSilence(error: unknown, onSilence: "again" | "never"): HandOver {
  const code = codeOf(error) ?? codeOf(memberOf(error, "cause")) ?? "";
  const never = NEVER_LEFT.has(code) || onSilence === "again";
  return never
    ? { outcome: "failed-temporary", code: "no-answer", silent: true }
    : { outcome: "unknown", code: "no-answer" };
}

function codeOf(error: unknown): string | undefined {
  const code = memberOf(error, "code");
  return typeof code === "string" ? code : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function shortened(text: string): string {
  if (text.length <= TEXT_LIMIT) return text;
  const end = text.lastIndexOf("\n", TEXT_LIMIT);
  const shown = text.slice(0, end > 0 ? end : TEXT_LIMIT).replace(/[\uD800-\uDBFF]$/, "");
  return `${shown}\n… ${text.length - shown.length} more characters`;
}

/** Slack's three control characters; without them nothing is a link, a mention or a command. */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Cards read Markdown: OFAC's text must not become a link or a heading. */
function cardText(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|~>-]/g, "\\$&").replaceAll("\n", "\n\n");
}
