// Pictures of the composed demo for the README: npm run screenshots. Small on purpose, they are committed.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const DEMO = ".demo/work";
const IMAGES = ".github/images";
const LIMIT = 150_000;

if (!existsSync(CHROMIUM)) {
  console.error(`Expected a browser at ${CHROMIUM}, found none; install Debian's chromium.`);
  process.exit(2);
}
mkdirSync(IMAGES, { recursive: true });
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [...flags.split(" "), "--disable-component-update", "--disable-sync"],
});
const { url, stop } = await serve(`${DEMO}/public`);
try {
  await shoot("changelog", { width: 1100, height: 1180 }, (page) => page.goto(url));
  await shoot("publication", { width: 1100, height: 860 }, (page) =>
    page.goto(`${url}publications/sdn-20230523/`),
  );
  await shoot("party", { width: 1100, height: 860 }, (page) => page.goto(`${url}parties/43379/`));
  await shoot("changelog-phone", { width: 360, height: 720 }, (page) => page.goto(url));
  const html = await digest();
  for (const width of [600, 360]) {
    for (const colorScheme of ["light", "dark"]) {
      await shoot(
        `digest-${width}-${colorScheme}`,
        { width, height: 760 },
        (page) => page.setContent(html),
        colorScheme,
      );
    }
  }
} finally {
  await browser.close();
  await stop();
}

async function shoot(name, viewport, show, colorScheme = "light") {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  await show(page);
  await page.waitForLoadState("networkidle");
  const path = `${IMAGES}/${name}.png`;
  await page.screenshot({ path });
  await context.close();
  const { size } = statSync(path);
  if (size > LIMIT) throw new Error(`${path}: expected at most ${LIMIT} bytes, found ${size}`);
  console.log(`${path} ${size} bytes`);
}

/** The HTML of the demo's digest of 2023-05-23, as the mail server got it. */
async function digest() {
  const folder = join(DEMO, "mail");
  for (const name of readdirSync(folder).sort()) {
    const mail = await simpleParser(readFileSync(join(folder, name)));
    if (mail.subject?.includes("20230523") && typeof mail.html === "string") return mail.html;
  }
  throw new Error(`expected a digest of 20230523 under ${folder}, found none; run npm run demo first`);
}

/** The built site as `serve` shows it. */
function serve(folder) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["dist/cli/main.js", "serve", "--out", folder, "--port", "0"]);
    child.stderr.on("data", (text) => process.stderr.write(text));
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`serve ended with ${code}`)));
    child.stdout.on("data", (text) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(text))?.[0];
      if (found === undefined) return;
      const stop = () =>
        new Promise((done) => {
          child.once("close", done);
          child.kill("SIGTERM");
        });
      resolve({ url: found, stop });
    });
  });
}
