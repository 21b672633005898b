/** A value in an expression: what the contexts hold, or what an operator gives. */
export type Value = string | number | boolean | null | { readonly [name: string]: Value };

/** How the steps so far went: what the status functions look at. */
export interface JobStatus {
  readonly failed: boolean;
}

/** Text with its `${{ … }}` replaced. A value that is nothing is the empty text, as on the runner. */
export function interpolate(text: string, contexts: Value, status: JobStatus): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    asText(evaluate(expression, contexts, status)),
  );
}

/** Whether a step or job runs: without a status function in its condition, only while nothing failed. */
export function condition(text: string | undefined, contexts: Value, status: JobStatus): boolean {
  if (text === undefined) return !status.failed;
  const expression = text.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1");
  const says = /\b(always|cancelled|failure|success)\(\)/.test(expression);
  return (says || !status.failed) && truthy(evaluate(expression, contexts, status));
}

/**
 * Evaluates an expression of GitHub Actions as far as our files use them: contexts, literals, `!`, `==`, `!=`, `&&`,
 * `||`, parentheses and the status functions.
 * @throws Error on anything else
 */
export function evaluate(expression: string, contexts: Value, status: JobStatus): Value {
  const tokens = expression.match(/'(?:[^']|'')*'|&&|\|\||==|!=|[!()]|[A-Za-z_][\w.-]*|\d+|\S/g) ?? [];
  let at = 0;
  const next = () => tokens[at++];
  const peek = () => tokens[at];

  function or(): Value {
    let left = and();
    while (peek() === "||") {
      next();
      const right = and();
      left = truthy(left) ? left : right;
    }
    return left;
  }
  function and(): Value {
    let left = equality();
    while (peek() === "&&") {
      next();
      const right = equality();
      left = truthy(left) ? right : left;
    }
    return left;
  }
  function equality(): Value {
    const left = unary();
    const operator = peek();
    if (operator !== "==" && operator !== "!=") return left;
    next();
    const same = asText(left).toLowerCase() === asText(unary()).toLowerCase();
    return operator === "==" ? same : !same;
  }
  function unary(): Value {
    if (peek() !== "!") return primary();
    next();
    return !truthy(unary());
  }
  function primary(): Value {
    const token = next();
    if (token === "(") {
      const value = or();
      if (next() !== ")") throw new Error(`expected a closing parenthesis in ${expression}`);
      return value;
    }
    if (token === undefined) throw new Error(`expected more of ${expression}`);
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d+$/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`expected a value in ${expression}, found ${token}`);
    return peek() === "(" ? statusFunction(token) : lookUp(token);
  }
  function statusFunction(name: string): boolean {
    next();
    if (next() !== ")") throw new Error(`expected no arguments of ${name} in ${expression}`);
    if (name === "always") return true;
    if (name === "cancelled") return false;
    if (name === "success") return !status.failed;
    if (name === "failure") return status.failed;
    throw new Error(`expected a function this runner knows, found ${name}`);
  }
  function lookUp(path: string): Value {
    let value: Value = contexts;
    for (const name of path.split(".")) {
      value = typeof value === "object" && value !== null ? (value[name] ?? null) : null;
    }
    return value;
  }

  const value = or();
  if (peek() !== undefined) throw new Error(`expected the end of ${expression}, found ${peek()}`);
  return value;
}

function truthy(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== "";
}

function asText(value: Value): string {
  return value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}
