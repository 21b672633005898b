import { Build } from "typebox/schema";
import type { SchemaNode } from "./forms.ts";
import { FORMS_APART } from "./forms-apart.ts";
import { formsOf, KINDS } from "./shapes.ts";

/** What the checks call. */
const IMPORTS = ['import { Guard } from "typebox/guard";', 'import { Hashing } from "typebox/system";'];

/** The modules of checks as JavaScript, with every check written out, by name. For the build. */
export function generatedModules(): Map<string, string> {
  const apart = Object.entries(FORMS_APART).map(
    ([name, form]) =>
      [name, [...IMPORTS, `export const check = ${generatedCheck(form)};`, ""].join("\n")] as const,
  );
  return new Map([["checks", generatedChecks()], ...apart]);
}

function generatedChecks(): string {
  const kinds = KINDS.map(
    (kind) => `  ${JSON.stringify(kind)}: () => [\n${formsOf(kind).map(generatedCheck).join(",\n")}\n  ],`,
  );
  return [
    ...IMPORTS,
    `const MAKE = {\n${kinds.join("\n")}\n};`,
    "const made = new Map();",
    "export function checksOf(kind) {",
    "  const known = made.get(kind) ?? MAKE[kind]();",
    "  made.set(kind, known);",
    "  return known;",
    "}",
    "",
  ].join("\n");
}

/** As text that is read when it is wanted, a form costs nothing before: only what does not fit is explained by it. */
function generatedCheck(form: SchemaNode): string {
  const built = Build(form);
  if (built.UseUnevaluated()) throw new Error("a schema with unevaluated members cannot be written out");
  const { identifier, variables } = built.External();
  return `    (() => {
      const ${identifier} = [${variables.map(literal).join(", ")}];
      ${built.Functions().join(";\n      ")};
      return {
        get form() { return JSON.parse(${JSON.stringify(JSON.stringify(form))}); },
        fits: (value) => ${built.Entry()},
      };
    })()`;
}

function literal(value: unknown): string {
  if (value instanceof RegExp)
    return `new RegExp(${JSON.stringify(value.source)}, ${JSON.stringify(value.flags)})`;
  const text = JSON.stringify(value);
  if (text === undefined || JSON.stringify(JSON.parse(text)) !== text) {
    throw new Error(`a check needs a value that cannot be written out: ${String(value)}`);
  }
  return text;
}
