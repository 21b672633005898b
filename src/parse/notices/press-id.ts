/** `/news/press-releases/jy1498` is `jy1498`; a State statement is called by the end of its address. */
export function pressReleaseId(url: string): string | undefined {
  const treasury = /\/press-releases\/([a-z]{1,3}\d{2,5})\b/i.exec(url)?.[1]?.toLowerCase();
  const last = URL.canParse(url)
    ? new URL(url).pathname
        .split("/")
        .filter((part) => part !== "")
        .pop()
    : undefined;
  return (
    treasury ??
    last
      ?.replace(/[^A-Za-z0-9-]/g, "-")
      .slice(0, 80)
      .toLowerCase()
  );
}
