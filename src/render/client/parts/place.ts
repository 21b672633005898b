/** The site's root as this page's scripts are found below it; works at any address. */
export const ROOT: URL = new URL("../", import.meta.url);

/** The address of a path of the site. */
export const at = (path: string): string => new URL(path, ROOT).href;

/** JSON of the site; null when it cannot be had, which no page depends on. */
export async function fetchJson<T>(path: string): Promise<T | null> {
  try {
    const answer = await fetch(at(path), { credentials: "omit" });
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch {
    return null;
  }
}

/** An element of a kind that must be there; null when the page has none. */
export function find<T extends Element>(selector: string, kind: new () => T): T | null {
  const found = document.querySelector(selector);
  return found instanceof kind ? found : null;
}

/** A new element with a class and text. Text is never taken for markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.textContent = text;
  return element;
}

/** A name, kept from changing the direction of what is around it. */
export const name = (text: string): HTMLElement => make("bdi", "", text);
