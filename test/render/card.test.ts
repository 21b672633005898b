import { createRequire } from "node:module";
import { load } from "cheerio";
import { expect, test } from "vitest";
import { sha256 } from "../../src/domain/index.ts";
import { renderSite } from "../../src/render/index.ts";
import { added, composeRecord, entity } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const { resolve } = createRequire(import.meta.url);
const files = ["400Regular/PublicSans_400Regular.ttf", "700Bold/PublicSans_700Bold.ttf"].map((name) =>
  resolve(`@expo-google-fonts/public-sans/${name}`),
);
const cards = { files, hash: sha256("fonts") };
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test("each publication has a picture of 800 by 420, the same each time, and its page names it", () => {
  const site = new Map(renderSite({ ...showcase(), cards }, TEMPLATES).map((one) => [one.path, one.bytes]));
  const again = new Map(renderSite({ ...showcase(), cards }, TEMPLATES).map((one) => [one.path, one.bytes]));
  const card = Buffer.from(site.get("publications/sdn-20230523/card.png") ?? []);
  expect(card.subarray(1, 4).toString()).toBe("PNG");
  expect([card.readUInt32BE(16), card.readUInt32BE(20)]).toEqual([800, 420]);
  expect(card.length).toBeLessThan(60_000);
  expect(again.get("publications/sdn-20230523/card.png")).toEqual(
    site.get("publications/sdn-20230523/card.png"),
  );
  const page = load(text(site.get("publications/sdn-20230523/index.html")));
  expect(page('meta[property="og:image"]').attr("content")).toBe(
    "https://ledger.example/ofac/publications/sdn-20230523/card.png",
  );
  const other = site.get("publications/sdn-20230525/card.png");
  expect(Buffer.from(other ?? []).equals(card)).toBe(false);
});

test("a planted name draws as text and ends no element; the linked data stays data", () => {
  const evil = '</script></text><script>alert(1)</script><image href="x"/> & ]]> \u0001 <!--';
  const record = composeRecord({ changes: [added(entity(1, evil))], judgement: { meaning: evil } });
  const site = new Map(
    renderSite({ ...siteOf([record]), cards }, TEMPLATES).map((one) => [one.path, one.bytes]),
  );
  expect(site.get("publications/sdn-20230523/card.png")?.length).toBeGreaterThan(5_000);
  const page = load(text(site.get("publications/sdn-20230523/index.html")));
  const linked = page("script[type='application/ld+json']");
  expect(linked).toHaveLength(1);
  expect(linked.text()).not.toMatch(/[<>&]/u);
  expect(JSON.parse(linked.text()).abstract).toContain("</script></text><script>alert(1)");
});
