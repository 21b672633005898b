import { spawn } from "node:child_process";
import { join } from "node:path";
import { plainEnvironment, SCRIPTS } from "./repository.ts";

export interface ScriptResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the workflows as a step does, beside servers that live in this process. */
export function runScript(
  name: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string },
): Promise<ScriptResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(SCRIPTS, name), ...args], {
      cwd: options.cwd,
      env: plainEnvironment(options.env),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
    child.stdin.end(options.input ?? "");
  });
}

/** What a step's outputs file says, read as the runner reads it. @throws Error on what the runner would refuse */
export function readOutputs(text: string): Map<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    if (line === "") continue;
    const heredoc = /^([^=<]+)<<(.+)$/.exec(line);
    const plain = /^([^=<]+)=(.*)$/.exec(line);
    if (heredoc?.[1] !== undefined) {
      const end = lines.indexOf(heredoc[2] ?? "", i + 1);
      if (end < 0) throw new Error(`no end ${heredoc[2]} of output ${heredoc[1]}`);
      outputs.set(heredoc[1], lines.slice(i + 1, end).join("\n"));
      i = end;
    } else if (plain?.[1] !== undefined) outputs.set(plain[1], plain[2] ?? "");
    else throw new Error(`expected an output, found ${line}`);
  }
  return outputs;
}
