import type { MailSettings } from "./envelope.ts";

/** Fields that stand in a message exactly once. */
const ONCE = [
  "From",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "MIME-Version",
  "Content-Type",
  "List-Id",
  "Auto-Submitted",
  "Precedence",
];
/** RFC 5322 §2.1.1, without CRLF. */
const LONGEST_LINE = 998;
/** Gmail clips longer ones. */
const LONGEST_MESSAGE = 102_000;

/**
 * What is wrong with a message of ours as it would go out; nothing when the list is empty. Looks at the bytes alone:
 * line ends and lengths, the fields that must be there once, what is configured, and that nothing else came in.
 */
export function messageFaults(bytes: Uint8Array, settings: MailSettings): readonly string[] {
  const text = Buffer.from(bytes).toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return ["expected header and body parted by an empty line"];
  const fields = fieldsOf(text.slice(0, end));
  const has = (name: string) => fields.has(name.toLowerCase());
  const value = (name: string) => fields.get(name.toLowerCase())?.[0] ?? "";
  return [
    ...(/(^|[^\r])\n|\r(?!\n)/.test(text) ? ["expected CRLF at the end of every line"] : []),
    ...(text.split("\r\n").some((line) => line.length > LONGEST_LINE)
      ? [`expected lines of at most ${LONGEST_LINE} bytes`]
      : []),
    ...(bytes.length > LONGEST_MESSAGE
      ? [`expected at most ${LONGEST_MESSAGE} bytes, found ${bytes.length}`]
      : []),
    ...[...fields].flatMap(([name, values]) =>
      values.length > 1 ? [`expected ${name} once, found it ${values.length} times`] : [],
    ),
    ...ONCE.filter((name) => !has(name)).map((name) => `expected ${name}, found none`),
    ...(/[^\t\r\n -~]/.test(text.slice(0, end)) ? ["expected ASCII in every field"] : []),
    ...(Number.isNaN(Date.parse(value("Date"))) ? ["expected a date in Date"] : []),
    ...(/^<[^<>@\s]+@[^<>@\s]+>$/.test(value("Message-ID")) ? [] : ["expected one id in Message-ID"]),
    ...unsubscribeFaults(settings, has, value),
    ...signatureFaults(settings, has, value),
  ];
}

type Has = (name: string) => boolean;
type Value = (name: string) => string;

function unsubscribeFaults({ unsubscribe = {} }: MailSettings, has: Has, value: Value): string[] {
  const { mailto, https, oneClick } = unsubscribe;
  const links = value("List-Unsubscribe");
  return [
    ...(mailto === undefined || links.includes("<mailto:")
      ? []
      : ["expected a mailto link in List-Unsubscribe"]),
    ...(https === undefined || links.includes("<https://")
      ? []
      : ["expected an https link in List-Unsubscribe"]),
    ...(oneClick !== true || has("List-Unsubscribe-Post")
      ? []
      : ["expected List-Unsubscribe-Post, found none"]),
  ];
}

function signatureFaults({ dkim, unsubscribe = {} }: MailSettings, has: Has, value: Value): string[] {
  if (dkim === undefined) return [];
  if (!has("DKIM-Signature")) return ["expected DKIM-Signature, found none"];
  const tags = value("DKIM-Signature").replace(/\s+/g, "");
  const signed = /;h=([^;]*)/.exec(tags)?.[1]?.toLowerCase().split(":") ?? [];
  const wanted = ["from", "to", "subject", "date", "message-id", "list-id"];
  // RFC 8058 §4.
  if (unsubscribe.oneClick === true) wanted.push("list-unsubscribe", "list-unsubscribe-post");
  return [
    ...(tags.includes(`;d=${dkim.domain};`) ? [] : [`expected d=${dkim.domain} in DKIM-Signature`]),
    ...(tags.includes(`;s=${dkim.selector};`) ? [] : [`expected s=${dkim.selector} in DKIM-Signature`]),
    ...wanted.filter((name) => !signed.includes(name)).map((name) => `expected ${name} to be signed`),
  ];
}

/** Values by name in lower case, unfolded. */
function fieldsOf(head: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const line of head.split(/\r\n(?![ \t])/)) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const value = line
      .slice(line.indexOf(":") + 1)
      .replace(/\r\n[ \t]+/g, " ")
      .trim();
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
}
