import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { type Preview, previewDigest } from "../../src/app/index.ts";
import { heads, history } from "../../src/app/past/history.ts";
import { planRescreen } from "../../src/app/site/rescreen-files.ts";
import { factsOfHtml, factsOfText } from "../render/digest-facts.ts";
import {
  DELIVERY_SECRET,
  lookedAt,
  sendLedger,
  sendOnce,
  subscriptionsOf,
  TEMPLATE_SOURCES,
} from "../support/send-world.ts";

const files = sendLedger();
lookedAt(files, "2023-05-26T11:00:00Z");
const NOW = "2023-05-26T12:00:00Z";

async function mailsTo(...entries: readonly Readonly<Record<string, unknown>>[]) {
  const own = sendLedger();
  lookedAt(own, "2023-05-26T11:00:00Z");
  const mails: Uint8Array[] = [];
  const report = await sendOnce({
    files: own,
    subscriptions: subscriptionsOf(...entries),
    now: NOW,
    eml: (_name, bytes) => void mails.push(bytes),
  });
  return { mails, report };
}

function preview(
  options: Partial<Parameters<typeof previewDigest>[1]> = {},
  subscriptions: string | null = null,
): Promise<Preview> {
  return previewDigest(
    {
      files,
      config: {},
      now: NOW,
      templates: TEMPLATE_SOURCES,
      renderer: "test",
      subscriptions,
      secrets: { delivery: [DELIVERY_SECRET] },
    },
    { publications: [], kind: "digest", ...options },
  );
}

describe("a digest as it is sent", () => {
  it("carries the re-screen pack where asked, byte for byte the site's own, and says so in both parts", async () => {
    const { mails } = await mailsTo({ id: "desk", attachRescreen: true, since: "2023-05-25" });
    const mail = await simpleParser(Buffer.from(mails[0] ?? []));
    const planned = planRescreen(files, heads(files), history(files));
    const names = mail.attachments.map(({ filename }) => filename ?? "");
    expect(names).toEqual(["sdn-20230525.rescreen.json", "sdn-20230525.rescreen.csv"]);
    for (const { filename = "", content } of mail.attachments) {
      const own = planned.find(({ path }) => path.endsWith(`/${filename}`));
      expect(Buffer.compare(content, Buffer.from(own?.render() ?? []))).toBe(0);
      expect(mail.text).toContain(`Attached: ${filename}`);
    }
  });

  it("is plain text alone for a subscription to text, and has no attachment unless asked", async () => {
    const { mails } = await mailsTo({ id: "plain", format: "text", since: "2023-05-25" });
    const mail = await simpleParser(Buffer.from(mails[0] ?? []));
    expect([mail.html, mail.attachments]).toEqual([false, []]);
    expect(new TextDecoder().decode(mails[0])).toMatch(/^Content-Type: text\/plain/mu);
  });

  it("speaks the subscription's language, and says the same in both parts after a MIME parser", async () => {
    const { mails } = await mailsTo({ id: "berlin", language: "de", since: "2023-05-25" });
    const mail = await simpleParser(Buffer.from(mails[0] ?? []));
    expect(mail.subject).toContain("gestrichen");
    const html = typeof mail.html === "string" ? mail.html : "";
    expect(factsOfText(mail.text ?? "").words).toEqual(factsOfHtml(html).words);
    expect(factsOfText(mail.text ?? "").links).toEqual(factsOfHtml(html).links);
    expect(mail.text).toContain("Letzter Blick auf alle Listen: 26. Mai 2023");
  });

  it("in a language that no file has stops the run, naming the subscription and not the address", async () => {
    const sent = mailsTo({ id: "ok" }, { id: "paris", language: "fr" });
    await expect(sent).rejects.toThrow(/expected one of de, en, found "fr" for subscription paris/u);
    await expect(sent).rejects.not.toThrow(/readers\.test/u);
  });
});

describe("a preview", () => {
  const subscriptions = subscriptionsOf(
    { id: "desk", filters: { types: ["entity"] } },
    { id: "none", filters: { programs: ["NOBODY"] } },
  );

  it("is the message that send hands over, byte for byte", async () => {
    const { mails } = await mailsTo({ id: "desk", filters: { types: ["entity"] } });
    const { eml } = await preview({ publications: ["sdn-20230523"], subscription: "desk" }, subscriptions);
    expect(mails.map((one) => Buffer.from(one).toString())).toContain(Buffer.from(eml).toString());
  });

  it("shows the newest publication to one that follows everything", async () => {
    const { publications, subject, html, text } = await preview();
    expect(publications).toEqual(["sdn-20230525"]);
    expect(subject).toMatch(/^20230525: /u);
    expect(factsOfText(text).words).toEqual(factsOfHtml(html ?? "").words);
  });

  it("shows several publications, the reply with late context, and the confirmation", async () => {
    const several = await preview({ publications: ["sdn-20230523", "sdn-20230525"], language: "de" });
    expect(several.subject).toContain("2 Veröffentlichungen");
    const reply = await preview({ publications: ["sdn-20230523"], kind: "reply" });
    expect(reply.subject).toMatch(/^Re: 20230523: /u);
    expect(new TextDecoder().decode(reply.eml)).toMatch(/^In-Reply-To: </mu);
    expect((await preview({ kind: "unchanged" })).subject).toBe("OFAC sanctions lists: no changes");
  });

  it("says what it lacks", async () => {
    await expect(preview({ publications: ["sdn-19990101"] })).rejects.toThrow(/no record has/u);
    await expect(preview({ subscription: "nobody" }, subscriptions)).rejects.toThrow(/none of the 2/u);
    await expect(preview({ subscription: "none" }, subscriptions)).rejects.toThrow(/would get no mail/u);
    await expect(preview({ language: "fr" })).rejects.toThrow(/expected one of de, en/u);
  });
});
