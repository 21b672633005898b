import { Compile } from "typebox/compile";
import { publishedForm } from "./forms.ts";
import { StatusFile } from "./published.ts";

const validator = Compile(publishedForm(StatusFile, []));

/** What is wrong with a `status.json` from anywhere, which may have members of a later minor version; else undefined. */
export function statusFault(content: unknown): string | undefined {
  if (validator.Check(content)) return undefined;
  const [fault] = validator.Errors(content);
  const where = fault === undefined || fault.instancePath === "" ? "the whole" : fault.instancePath;
  return `is not as its schema says: ${where} ${fault?.message ?? "does not fit"}`;
}
