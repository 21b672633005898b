import { createServer, type Server } from "node:http";
import { extname } from "node:path";
import type { Command } from "commander";
import { PREVIEW_KINDS, type Preview, type PreviewKind, previewDigest } from "../../app/index.ts";
import { UsageError } from "../../domain/index.ts";
import { type CommonOptions, openExisting } from "../context.ts";
import { listen, portOf, stopped } from "../loopback.ts";
import { mailSecrets } from "../mail-secrets.ts";
import { packageVersion } from "../package-root.ts";
import { withCommon } from "../program.ts";
import { putFile } from "../put-file.ts";
import { readSubscriptionsText } from "../subscriptions.ts";
import { loadTemplates } from "../templates.ts";

interface PreviewFlags extends CommonOptions {
  readonly subscription?: string;
  readonly language?: string;
  readonly kind: string;
  readonly attachRescreen?: boolean;
  readonly out?: string;
  readonly port: string;
}

export function registerPreview(program: Command, done: (code: number) => void): void {
  withCommon(program.command("preview"))
    .description("show a digest in the browser, or write it as .html, .txt or .eml; sends nothing")
    .argument("[publications...]", "publications to tell; none: the newest one there is something to tell of")
    .option("--subscription <id>", "as this subscription would get it; else as one that follows everything")
    .option("--language <tag>", "in this language")
    .option("--kind <kind>", `one of ${PREVIEW_KINDS.join(", ")}`, "digest")
    .option("--attach-rescreen", "with the re-screen pack")
    .option("--out <file>", "write it to a file: .html, .txt or .eml")
    .option("--port <number>", "port on the loopback address; 0: any that is free", "0")
    .action(async (publications: readonly string[], flags: PreviewFlags) => {
      const context = await openExisting(flags);
      const port = portOf(flags.port);
      const preview = await previewDigest(
        {
          files: context.files,
          evidence: context.evidence,
          config: context.config,
          now: context.now,
          templates: loadTemplates(),
          renderer: packageVersion(),
          subscriptions:
            flags.subscription === undefined ? null : await readSubscriptionsText(context.config),
          secrets: mailSecrets(),
        },
        {
          publications,
          subscription: flags.subscription,
          language: flags.language,
          kind: kindOf(flags.kind),
          attachRescreen: flags.attachRescreen,
        },
      );
      const { subject, publications: told, attachments } = preview;
      const facts = { subject, publications: told, attachments };
      if (flags.out !== undefined) {
        putFile(flags.out, bytesFor(preview, flags.out));
        context.output.line(`${flags.out}: ${subject}`);
        context.output.json({ ...facts, out: flags.out });
        done(0);
        return;
      }
      const server = digestServer(preview);
      const url = await listen(server, port);
      context.output.line(
        `${url} shows "${subject}"; ${url}text and ${url}eml have its other parts; Ctrl-C stops`,
      );
      context.output.json({ ...facts, url });
      await stopped(server);
      done(0);
    });
}

function kindOf(text: string): PreviewKind {
  const found = PREVIEW_KINDS.find((kind) => kind === text);
  if (found !== undefined) return found;
  throw new UsageError("bad-kind", `--kind: expected one of ${PREVIEW_KINDS.join(", ")}, found "${text}".`);
}

function bytesFor(preview: Preview, file: string): Uint8Array {
  switch (extname(file).toLowerCase()) {
    case ".html":
      return new TextEncoder().encode(htmlOf(preview));
    case ".txt":
      return new TextEncoder().encode(preview.text);
    case ".eml":
      return preview.eml;
    default:
      throw new UsageError(
        "bad-out",
        `--out: expected a name that ends in .html, .txt or .eml, found "${file}". Choose one of them.`,
      );
  }
}

/** @throws UsageError `no-html` for a subscription to plain text */
function htmlOf({ html }: Preview): string {
  if (html !== null) return html;
  throw new UsageError(
    "no-html",
    "Expected a message with an HTML part, found one of a subscription to plain text. Write it as .txt or .eml.",
  );
}

/** The parts of one message, each at its own path. Nothing of a mail runs or loads anything. */
function digestServer(preview: Preview): Server {
  const text = { type: "text/plain; charset=utf-8", body: preview.text };
  const html = preview.html === null ? text : { type: "text/html; charset=utf-8", body: preview.html };
  const parts = new Map<string, { readonly type: string; readonly body: string | Uint8Array }>([
    ["/", html],
    ["/text", text],
    ["/eml", { type: "message/rfc822", body: preview.eml }],
  ]);
  return createServer((request, response) => {
    const part = parts.get(request.url ?? "");
    response.writeHead(part === undefined ? 404 : 200, {
      "Content-Type": part?.type ?? "text/plain; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    response.end(request.method === "HEAD" ? undefined : (part?.body ?? "Nothing here.\n"));
  });
}
