import type { StoredRecord } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import type { MimeAttachment } from "../../notify/index.ts";
import { heads } from "../past/history.ts";
import { planRescreen } from "../site/rescreen-files.ts";

/** Mail servers refuse what is too long; what is left out is still linked. In bytes of all packs of one mail. */
const LIMIT = 5_000_000;

/** The re-screen packs of some records, byte for byte as the site has them; each is made once. */
export function rescreenAttacher(
  files: LedgerFiles,
): (records: readonly StoredRecord[]) => readonly MimeAttachment[] {
  const known = new Map<string, readonly MimeAttachment[]>();
  return (records) => {
    const packs = records.flatMap((stored) => {
      const own = known.get(stored.hash) ?? packsOf(files, stored);
      known.set(stored.hash, own);
      return own;
    });
    return packs.reduce((sum, { bytes }) => sum + bytes.length, 0) <= LIMIT ? packs : [];
  };
}

function packsOf(files: LedgerFiles, stored: StoredRecord): MimeAttachment[] {
  const own = heads(files).filter(
    ({ list, segment }) => list !== stored.record.list || segment === stored.record.segment,
  );
  return planRescreen(files, own, [stored]).map(({ path, mediaType, render }) => ({
    filename: path.slice(path.lastIndexOf("/") + 1),
    mediaType: mediaType.replace(/;.*$/u, ""),
    bytes: render(),
  }));
}
