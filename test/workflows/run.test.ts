import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { ROOT } from "./runner/files.ts";

const RUN = join(ROOT, ".github/run");
const text = (name: string) => readFileSync(join(RUN, name), "utf8");
const container = text("Containerfile");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

/** Command lines of ours in a text, each without what the shell does around it. */
function commandsIn(source: string): string[] {
  const plain = source.replace(/^\s*#.*$/gm, "");
  return [
    ...plain.matchAll(/(?:^|[\s/])ofac-ledger ((?:run|watchdog|update|build|send|status)\b[^\n>&|]*)/g),
  ].map(([, line = ""]) => line.trim());
}

const helps = new Map<string, Promise<ReadonlyMap<string, boolean> | undefined>>();

/** Options of a command with whether they take a value, as its help says; undefined when there is no such command. */
function optionsOf(command: string): Promise<ReadonlyMap<string, boolean> | undefined> {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const asked = runCli([command, "--help"]).then(({ code, stdout }) => {
    const rows = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)( <[^>]+>)?/gm)];
    // Of a word that is no command, the help of the whole is shown.
    return code === 0 && stdout.startsWith(`Usage: ofac-ledger ${command} `)
      ? new Map(rows.map(([, name = "", value]) => [name, value !== undefined]))
      : undefined;
  });
  helps.set(command, asked);
  return asked;
}

/** What the command line does not know of a line; empty when all is well. */
async function unknownIn(line: string): Promise<string[]> {
  const [name = "", ...words] = line.split(/\s+/);
  const options = await optionsOf(name);
  if (options === undefined) return [`no command ${name}`];
  const faults: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const takesValue = options.get(words[i] ?? "");
    if (takesValue === undefined) faults.push(`${name} has no ${words[i]}`);
    else if (takesValue) i += 1;
  }
  return faults;
}

/** The container's ENTRYPOINT and CMD as one line. */
function containerCommand(): string {
  const words = (instruction: string): string[] =>
    JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, "m").exec(container)?.[1] ?? "[]");
  return [...words("ENTRYPOINT"), ...words("CMD")].join(" ");
}

describe("the recipes", () => {
  it.each([
    ["Containerfile", () => containerCommand()],
    ["crontab", () => text("crontab")],
    ["ofac-ledger.service", () => text("ofac-ledger.service")],
    ["ofac-ledger-watchdog.service", () => text("ofac-ledger-watchdog.service")],
    ["README.md", () => readme.split("## Elsewhere")[1] ?? ""],
  ] as const)("%s calls commands and options that there are", async (_, source) => {
    const commands = commandsIn(source());
    expect(commands.length).toBeGreaterThan(0);
    for (const line of commands) expect(await unknownIn(line), line).toEqual([]);
  });

  it("of another command or option would be found", async () => {
    expect(await unknownIn("run --often 15m")).toEqual(["run has no --often", "run has no 15m"]);
    expect(await unknownIn("runs")).toEqual(["no command runs"]);
    expect(commandsIn("30 * * * * /usr/bin/ofac-ledger run --send >> log 2>&1")).toEqual(["run --send"]);
  });

  it("are all named in the README", () => {
    for (const name of readdirSync(RUN).filter((name) => !/watchdog|dockerignore|healthcheck/.test(name)))
      expect(readme).toContain(`\`${name}\``);
  });

  it("start each service by a timer of its name, without rights", () => {
    for (const name of ["ofac-ledger", "ofac-ledger-watchdog"]) {
      expect(text(`${name}.timer`)).toMatch(/^OnCalendar=\S+$/m);
      const service = text(`${name}.service`);
      for (const line of [
        "DynamicUser=yes",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
      ])
        expect(service.split("\n")).toContain(line);
    }
  });
});

describe("the inputs of the action", () => {
  it("are options that the command line has", async () => {
    const { OPTIONS }: { OPTIONS: Readonly<Record<string, { flag: string; command: string }>> } =
      await import(pathToFileURL(join(ROOT, ".github/scripts/inputs.mjs")).href);
    for (const { flag, command } of Object.values(OPTIONS)) {
      const [name = "", value] = flag.split(" ");
      expect((await optionsOf(command))?.get(name), flag).toBe(value !== undefined);
    }
  });
});

describe("the container", () => {
  it("is built on one pinned image, of a Node that is supported and tested", () => {
    const images = [...container.matchAll(/^FROM (\S+)/gm)].map(([, image = ""]) => image);
    expect(images).toHaveLength(2);
    expect(new Set(images).size).toBe(1);
    const [, major] = /^node:(\d+)\.\d+\.\d+-[a-z]+-slim$/.exec(images[0] ?? "") ?? [];
    expect(readFileSync(join(ROOT, ".github/workflows/ci.yml"), "utf8")).toContain(`"${major}"`);
  });

  it("does not run as root, keeps no tools, and says whether it is well", () => {
    const [, last = ""] = container.split(/^FROM .*$/m).slice(1);
    expect(last).toMatch(/^USER node$/m);
    expect(last).not.toMatch(/npm/);
    expect(last).toMatch(/^HEALTHCHECK .*healthcheck\.mjs"\]$/m);
    expect(container).not.toMatch(/^(ARG|ENV) .*(SECRET|TOKEN|PASSWORD|KEY)/m);
  });

  it("copies what there is, and what the context lets through", () => {
    const allowed = text("Containerfile.dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"));
    const sources = [...container.matchAll(/^COPY (?:--from=build )?(.+) \S+$/gm)].flatMap(([, list = ""]) =>
      list.split(" "),
    );
    const paths = sources.filter((path) => path !== ".").map((path) => path.replace("/src/", ""));
    expect(paths.length).toBeGreaterThan(6);
    for (const path of paths.filter((path) => !["dist", "node_modules"].includes(path))) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
      expect(
        allowed.some((line) => path === line.slice(1)),
        path,
      ).toBe(true);
    }
    // What the build reads is let through, too.
    for (const name of ["build.mjs", "src", "tsconfig*.json"]) expect(allowed).toContain(`!${name}`);
  });
});

describe("the health check", () => {
  const work = mkdtempSync(join(tmpdir(), "ofac-ledger-health-"));
  afterAll(() => rmSync(work, { recursive: true, force: true }));
  const fake = join(work, "fake.mjs");
  writeFileSync(fake, "process.stdout.write(process.env.STATUS); process.exit(Number(process.env.CODE));\n");

  function check(lastSuccess: string | null, code = 0, hours = "6") {
    const source = { source: "sdn", lastLook: "2023-05-23T18:00:00Z", lastSuccess };
    const never = { source: "consolidated", lastLook: null, lastSuccess: null };
    const STATUS = JSON.stringify({ at: "2023-05-23T18:00:00Z", sources: [source, never] });
    const args = [join(RUN, "healthcheck.mjs"), hours, process.execPath, fake];
    return spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { ...process.env, STATUS, CODE: String(code) },
    });
  }

  it.each([
    ["2023-05-23T13:00:00Z", 0, 0],
    ["2023-05-23T11:00:00Z", 0, 1],
    [null, 0, 1],
    ["2023-05-23T13:00:00Z", 8, 1],
  ] as const)("last success %s, status %i: %i", (lastSuccess, code, expected) => {
    expect(check(lastSuccess, code).status).toBe(expected);
  });
});
