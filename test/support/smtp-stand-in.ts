import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from "./loopback-certificate.ts";

/** A message as the server took it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
  /** It came over TLS. */
  readonly secure: boolean;
  readonly user: string | undefined;
}

/**
 * What the server does to mail for a recipient. `reply` answers with that code when the recipient is named
 * (`rcpt`) or after the message (`data`). `drop-mid-data` closes the connection while the message comes in,
 * `drop-after-data` when it has it all but has not answered. `slow` answers after some milliseconds.
 */
export type Behaviour =
  | { readonly kind: "accept" }
  | { readonly kind: "reply"; readonly code: number; readonly at: "rcpt" | "data"; readonly text?: string }
  | { readonly kind: "drop-mid-data" }
  | { readonly kind: "drop-after-data" }
  | { readonly kind: "slow"; readonly ms: number };

export interface OAuthLogin {
  readonly user: string;
  readonly accessToken: string;
}

export interface SmtpStandInOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** `starttls` offers the upgrade, `implicit` begins with TLS, `none` refuses it. */
  readonly tls?: "starttls" | "implicit" | "none";
  /** Asks for this login: a password, or an OAuth2 access token (XOAUTH2). */
  readonly login?: { readonly user: string; readonly password: string } | OAuthLogin;
  /** Offers no SMTPUTF8. */
  readonly asciiOnly?: boolean;
}

/** A loopback SMTP server that keeps what it gets and misbehaves on demand. */
export interface SmtpStandIn {
  readonly host: string;
  readonly port: number;
  /** PEM to trust. */
  readonly certificate: string;
  readonly received: readonly ReceivedMail[];
  /** Connections so far. */
  readonly connections: number;
  /** How it behaves from now on, by recipient. */
  behave(choose: (recipient: string) => Behaviour): void;
  /** Greets every new connection with this code, or normally again. */
  greetWith(code: number | undefined): void;
  /** Refuses every sender with this code, or none. */
  refuseSender(code: number | undefined): void;
  /** Breaks all connections that are open now. */
  dropConnections(): void;
  clear(): void;
  close(): Promise<void>;
}

const ACCEPT: Behaviour = { kind: "accept" };

/** Starts a stand-in on 127.0.0.1. */
export async function startSmtpStandIn(options: SmtpStandInOptions = {}): Promise<SmtpStandIn> {
  const received: ReceivedMail[] = [];
  const sockets = new Map<number, Socket>();
  let choose: (recipient: string) => Behaviour = () => ACCEPT;
  let greeting: number | undefined;
  let sender: number | undefined;
  let connections = 0;
  const { tls = "none", login } = options;
  const server = new SMTPServer({
    name: "smtp.stand-in.test",
    secure: tls === "implicit",
    key: LOOPBACK_KEY,
    cert: LOOPBACK_CERTIFICATE,
    hideSMTPUTF8: options.asciiOnly === true,
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: [...(tls === "starttls" ? [] : ["STARTTLS"]), ...(login === undefined ? ["AUTH"] : [])],
    onConnect(_session, done) {
      connections += 1;
      done(greeting === undefined ? null : refusal(greeting, "no service"));
    },
    ...(login !== undefined && "accessToken" in login ? { authMethods: ["XOAUTH2"] } : {}),
    onAuth(auth, _session, done) {
      const secret = login !== undefined && "accessToken" in login ? login.accessToken : login?.password;
      const known = auth.username === login?.user && (auth.accessToken ?? auth.password) === secret;
      done(
        known ? null : refusal(535, "wrong user or password"),
        known ? { user: auth.username } : undefined,
      );
    },
    onMailFrom(_address, _session, done) {
      done(sender === undefined ? null : refusal(sender, "sender not welcome"));
    },
    onRcptTo({ address }, _session, done) {
      const behaviour = choose(address);
      if (behaviour.kind === "reply" && behaviour.at === "rcpt") {
        done(refusal(behaviour.code, behaviour.text ?? `<${address}>: as told`));
      } else done();
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      const behaviour = to.map(choose).find(({ kind }) => kind !== "accept") ?? ACCEPT;
      if (behaviour.kind === "drop-mid-data") {
        // Unread, so that a long message does not get to its end before the break.
        const socket = sockets.get(session.remotePort);
        socket?.pause();
        setTimeout(() => socket?.destroy(), 100);
        return;
      }
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
      });
      stream.on("end", () => {
        const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address;
        const user = typeof session.user === "string" ? session.user : undefined;
        const mail = { from, to, bytes: Buffer.concat(chunks), secure: session.secure, user };
        if (behaviour.kind === "reply") {
          done(refusal(behaviour.code, behaviour.text ?? `<${to[0]}>: as told`));
          return;
        }
        received.push(mail);
        if (behaviour.kind === "drop-after-data") sockets.get(session.remotePort)?.destroy();
        else if (behaviour.kind === "slow") setTimeout(() => done(null, "taken"), behaviour.ms);
        else done(null, "taken");
      });
    },
  });
  // A client that goes away in the middle is part of the play.
  server.on("error", () => {});
  const listening = server.listen(options.port ?? 0, "127.0.0.1");
  listening.on("connection", (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.on("close", () => sockets.delete(port));
  });
  await new Promise<void>((resolve) => listening.once("listening", resolve));
  return {
    host: "127.0.0.1",
    port: portOf(listening.address()),
    certificate: LOOPBACK_CERTIFICATE,
    received,
    get connections() {
      return connections;
    },
    behave(chosen) {
      choose = chosen;
    },
    greetWith(code) {
      greeting = code;
    },
    refuseSender(code) {
      sender = code;
    },
    dropConnections() {
      for (const socket of sockets.values()) socket.destroy();
    },
    clear() {
      received.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("expected a port to listen on");
  return address.port;
}
