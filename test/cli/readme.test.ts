import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { settingVariables } from "../../src/app/config/config-environment.ts";
import { CONFIG_SCHEMA } from "../../src/app/index.ts";
import { createProgram } from "../../src/cli/program.ts";
import { EXIT } from "../../src/domain/index.ts";
import { sourceFiles } from "../support/architecture.ts";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const readme = readFileSync(path("README.md"), "utf8");
const COMMON = ["--ledger <dir>", "--config <file>", "--json", "--quiet", "--log <format>"];

async function program() {
  return createProgram("0.0.0", () => undefined);
}

describe("the README", () => {
  it("lists every command with what it does, and no other", async () => {
    const commands = (await program()).commands.map((command) => command.name());
    const listed = [...readme.matchAll(/^\| `([a-z]+)[^`]*` \| [^`]/gm)].map((match) => match[1] ?? "");
    expect([...new Set(listed)].filter((name) => !name.startsWith("OFAC"))).toEqual(
      expect.arrayContaining(commands),
    );
    expect(commands).toEqual(expect.arrayContaining(listed.filter((name) => /^[a-z]+$/.test(name))));
  });

  it("lists every option of every command, and no other", async () => {
    const table = readme.split("<!-- options")[1]?.split("<!-- /options -->")[0] ?? "";
    for (const command of (await program()).commands) {
      const row = table.split("\n").find((line) => line.startsWith(`| \`${command.name()}\` |`)) ?? "";
      // A bar inside a cell of a Markdown table is written `\\|`.
      const cells = row.replaceAll("\\|", "\u0001").split("|");
      const told = [...(cells[2] ?? "").replaceAll("\u0001", "|").matchAll(/`([^`]+)`/g)].map(
        (match) => match[1] ?? "",
      );
      const own = command.options.filter((option) => !option.hidden).map((option) => option.flags);
      expect(told.sort(), command.name()).toEqual(own.filter((flags) => !COMMON.includes(flags)).sort());
    }
  });

  it("names the options that every command has", async () => {
    for (const command of (await program()).commands) {
      const flags = command.options.map((option) => option.flags);
      expect(flags, command.name()).toEqual(expect.arrayContaining(COMMON));
    }
    for (const flag of COMMON) expect(readme).toContain(`\`${flag}\``);
  });

  it("states every exit code", () => {
    const told = [...readme.matchAll(/^\| (\d) \| /gm)].map((match) => Number(match[1]));
    expect(told).toEqual(Object.values(EXIT));
  });

  it("shows the two commands, and they exist", () => {
    const manifest: unknown = JSON.parse(readFileSync(path("package.json"), "utf8"));
    expect(manifest).toMatchObject({ scripts: { demo: expect.any(String), test: expect.any(String) } });
    expect(readme).toContain("npm run demo");
    expect(readme).toContain("npm test");
  });

  it("names every environment variable that the code reads", () => {
    const sources = sourceFiles(path(""), "src/cli").map((name) => readFileSync(path(name), "utf8"));
    expect(sources.length).toBeGreaterThan(10);
    const secrets = (text: string) =>
      [...new Set(text.match(/OFAC_LEDGER_[A-Z_]+/g))].filter((name) => !name.includes("__")).sort();
    expect(secrets(readme)).toEqual(secrets(sources.join("\n")));
  });

  it("names only settings that there are as variables, and every part of the settings", () => {
    const known = settingVariables(CONFIG_SCHEMA);
    const told = [...new Set(readme.match(/OFAC_LEDGER__[A-Z_]+[A-Z]/g))];
    expect(told.length).toBeGreaterThan(2);
    expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining(told));
    const settings = readme.split("### Settings")[1]?.split("### ")[0] ?? "";
    const parts = new Set(known.map(({ path: [part = ""] }) => part));
    expect([...parts].filter((part) => !settings.includes(`\`${part}\``))).toEqual([]);
  });
});
