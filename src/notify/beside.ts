import { addDays, compareText, easternDate, type Hash, type Instant, type IsoDate } from "../domain/index.ts";

/*
 * What is told beside the lists: what others said of a publication after its digest had gone, and notices that
 * changed no list. Both are recorded under keys of their own, so each reader gets each once.
 */

/** Notices, press releases and comparisons of a publication, as they stood from an instant on. */
export interface ContextVersion {
  readonly at: Instant;
  /** Over what a reader would want to hear of; equal for equal stories. */
  readonly fingerprint: Hash;
}

/** A notice of OFAC's without a list change: a licence, an FAQ, an enforcement action. */
export interface NoticeNews {
  readonly id: string;
  readonly date: IsoDate;
  readonly firstSeen: Instant;
}

/** What a reply is recorded under: the publication, and the story it told. */
export function contextIdentity(publication: Hash, { fingerprint }: ContextVersion): string {
  return `context ${publication} ${fingerprint}`;
}

/** What a notice is recorded under. */
export function noticeIdentity({ id }: Pick<NoticeNews, "id">): string {
  return `notice ${id}`;
}

/** The newest of a publication's stories. */
export function newestOf(versions: readonly ContextVersion[]): ContextVersion | undefined {
  return [...versions].sort((a, b) => compareText(a.at, b.at)).at(-1);
}

/** How old a notice may be that still rides on a digest: a reader of quiet lists gets no archive. */
const RIDE_DAYS = 31;

/** Notices that a reader has not been told, oldest first. */
export function pendingNotices(
  notices: readonly NoticeNews[],
  reader: { readonly since: IsoDate; readonly now: Instant },
  isTold: (notice: NoticeNews) => boolean,
): readonly NoticeNews[] {
  const floor = addDays(easternDate(reader.now), -RIDE_DAYS);
  return notices
    .filter(({ date, firstSeen }) => date >= reader.since && date >= floor && firstSeen <= reader.now)
    .filter((notice) => !isTold(notice))
    .sort((a, b) => compareText(a.date, b.date) || compareText(a.id, b.id));
}
