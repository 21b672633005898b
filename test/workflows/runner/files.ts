import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";
import { parse } from "yaml";

/** A step as it stands in an action or a workflow. */
const Step = Type.Object(
  {
    id: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    if: Type.Optional(Type.String()),
    uses: Type.Optional(Type.String()),
    with: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Boolean(), Type.Number()])),
    ),
    env: Type.Optional(Type.Record(Type.String(), Type.String())),
    shell: Type.Optional(Type.String()),
    run: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type Step = Static<typeof Step>;

const Action = Type.Object(
  {
    name: Type.String(),
    description: Type.String(),
    inputs: Type.Record(
      Type.String(),
      Type.Object(
        { description: Type.String(), required: Type.Boolean(), default: Type.String() },
        { additionalProperties: false },
      ),
    ),
    outputs: Type.Record(
      Type.String(),
      Type.Object({ description: Type.String(), value: Type.String() }, { additionalProperties: false }),
    ),
    runs: Type.Object({ using: Type.Literal("composite"), steps: Type.Array(Step) }),
  },
  { additionalProperties: false },
);
export type Action = Static<typeof Action>;

const Permissions = Type.Record(Type.String(), Type.Union([Type.Literal("read"), Type.Literal("write")]));
const Called = Type.Object({
  inputs: Type.Optional(Type.Record(Type.String(), Type.Object({ required: Type.Boolean() }))),
  secrets: Type.Optional(Type.Record(Type.String(), Type.Object({ required: Type.Boolean() }))),
  outputs: Type.Optional(Type.Record(Type.String(), Type.Object({ value: Type.String() }))),
});
export type Called = Static<typeof Called>;

const Concurrency = Type.Object({ group: Type.String(), "cancel-in-progress": Type.Boolean() });

const Job = Type.Object(
  {
    needs: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    if: Type.Optional(Type.String()),
    "runs-on": Type.Optional(Type.String()),
    "timeout-minutes": Type.Optional(Type.Integer()),
    permissions: Permissions,
    environment: Type.Optional(Type.Unknown()),
    strategy: Type.Optional(Type.Unknown()),
    outputs: Type.Optional(Type.Record(Type.String(), Type.String())),
    steps: Type.Optional(Type.Array(Step)),
    uses: Type.Optional(Type.String()),
    with: Type.Optional(Type.Record(Type.String(), Type.String())),
    secrets: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
);
export type Job = Static<typeof Job>;

const Workflow = Type.Object(
  {
    name: Type.String(),
    on: Type.Record(Type.String(), Type.Unknown()),
    permissions: Permissions,
    concurrency: Concurrency,
    jobs: Type.Record(Type.String(), Job),
  },
  { additionalProperties: false },
);
export type Workflow = Static<typeof Workflow>;

const actions = Compile(Action);
const workflows = Compile(Workflow);
const called = Compile(Called);

/** The project's root. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** @throws Error naming the member that is not as we write them */
export function parseAction(text: string): Action {
  const value: unknown = parse(text);
  if (actions.Check(value)) return value;
  throw new Error(problem(actions.Errors(value)));
}

export function parseWorkflow(text: string): Workflow {
  const value: unknown = parse(text);
  if (workflows.Check(value)) return value;
  throw new Error(problem(workflows.Errors(value)));
}

export function readAction(path: string): Action {
  return parseAction(readFileSync(path, "utf8"));
}

export function readWorkflow(path: string): Workflow {
  return parseWorkflow(readFileSync(path, "utf8"));
}

/** What a workflow asks of those who call it, and gives them. */
export function readCalled(path: string): Called {
  const value = readWorkflow(path).on["workflow_call"];
  if (called.Check(value)) return value;
  throw new Error(problem(called.Errors(value)));
}

function problem(errors: readonly { readonly instancePath: string; readonly message: string }[]): string {
  return errors.map(({ instancePath, message }) => `${instancePath}: ${message}`).join("\n");
}
