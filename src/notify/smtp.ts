import type { HandOver } from "./channel.ts";

/** How to reach an SMTP server. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls` insists on the upgrade. `none` only to loopback, or when `allowPlain` says so. */
  readonly tls: "starttls" | "implicit" | "none";
  readonly allowPlain?: boolean;
  /** PEM of an authority to trust beside the system's. */
  readonly ca?: string;
  readonly auth?: SmtpPassword | SmtpOAuth2;
  /** Name to say with EHLO. */
  readonly clientName?: string;
  /** 5 unless told. */
  readonly connections?: number;
  /** Without an answer; unless told 600, which RFC 5321 §4.5.3.2.6 asks for. */
  readonly timeoutSeconds?: number;
}

export interface SmtpPassword {
  readonly user: string;
  readonly password: string;
}

/** A ready token, or what it takes to get one. */
export interface SmtpOAuth2 {
  readonly user: string;
  readonly accessToken?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly refreshToken?: string;
  readonly accessUrl?: string;
}

/**
 * How much of a message had been taken for the wire when the trouble came. `untouched`: no byte of it.
 * `partial`: the end was not reached, so the closing dot was not sent. `complete`: the server may have it.
 */
export type Progress = "untouched" | "partial" | "complete";

/** What an SMTP error tells, decoded once from an unknown value. */
interface SmtpTrouble {
  /** The library's word: `ECONNECTION`, `EAUTH`, … */
  readonly kind: string;
  /** The reply code, where the server said anything. */
  readonly reply: number | undefined;
  /** RFC 3463 status, e.g. `5.1.1`. */
  readonly status: string | undefined;
  readonly command: string;
  /** The library calls a certificate that does not verify a socket error. */
  readonly tlsTrouble: "tls" | "tls-certificate" | undefined;
}

/**
 * Reads an SMTP failure (RFC 5321 §4.2.1): 4xx is tried again, 5xx is not. Without an answer it depends on
 * how far the message had gone: once its end was sent, nobody knows (RFC 1047), and sending again might be
 * sending twice. The server's text is left out, since it usually quotes the address.
 */
export function judgeSmtp(error: unknown, progress: Progress): HandOver {
  const trouble = decode(error);
  const { reply, command } = trouble;
  if (reply === undefined) {
    const outcome = progress === "complete" ? "unknown" : "failed-temporary";
    const code = trouble.tlsTrouble ?? WITHOUT_REPLY[trouble.kind] ?? "smtp-trouble";
    return { outcome, code, systemic: true };
  }
  // Before a recipient is named, a refusal is about us: nobody is counted as refused for it.
  const aboutUs = (command !== "RCPT TO" && command !== "DATA") || ABOUT_US.has(reply);
  if (aboutUs) return { outcome: "failed-temporary", code: codeOf(trouble), systemic: true };
  return { outcome: reply >= 500 ? "failed-permanent" : "failed-temporary", code: codeOf(trouble) };
}

/** Also after a recipient is named: the service closes (RFC 5321 §3.8), or wants a login (RFC 4954 §6). */
const ABOUT_US: ReadonlySet<number> = new Set([421, 530, 534, 535, 538]);

function codeOf({ reply, status, command }: SmtpTrouble): string {
  const stage = command === "" ? "" : `-${command.toLowerCase().split(" ")[0]}`;
  return `smtp-${reply}${status === undefined ? "" : `-${status}`}${stage}`;
}

const WITHOUT_REPLY: Readonly<Record<string, string>> = {
  ECONNECTION: "connection-closed",
  ESOCKET: "connection-failed",
  ETIMEDOUT: "timeout",
  EDNS: "dns",
  ETLS: "tls",
  EREQUIRETLS: "tls",
  EPROTOCOL: "protocol",
  EAUTH: "login",
  ENOAUTH: "login",
  EOAUTH2: "login",
};

function decode(error: unknown): SmtpTrouble {
  const member = (name: string): unknown =>
    typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  const reply = member("responseCode");
  const response = member("response");
  const command = member("command");
  const kind = member("code");
  const cause = member("originalCode");
  const status =
    typeof response === "string" ? /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] : undefined;
  return {
    kind: typeof kind === "string" ? kind : "",
    reply: typeof reply === "number" && reply >= 400 && reply < 600 ? reply : undefined,
    status,
    tlsTrouble: typeof cause === "string" ? tlsTroubleOf(cause) : undefined,
    command: typeof command === "string" && /^[A-Z][A-Z0-9 -]{0,19}$/.test(command) ? command : "",
  };
}

function tlsTroubleOf(cause: string): SmtpTrouble["tlsTrouble"] {
  if (/CERT|UNABLE_TO_VERIFY/.test(cause)) return "tls-certificate";
  return /SSL|TLS/.test(cause) ? "tls" : undefined;
}
