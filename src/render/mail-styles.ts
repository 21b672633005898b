import juice from "juice";

/**
 * Mail programs drop style sheets, so every style goes onto its element. It is done to the template and not to
 * each mail: juice would take braces in OFAC's text for code of its own, and costs far more than filling in.
 */
export function inlineStyles(template: string, css: string): string {
  return juice.inlineContent(template, css, {
    preserveMediaQueries: true,
    applyStyleTags: false,
    removeStyleTags: false,
  });
}
