/** A row of SDN.CSV, composed from public facts; never copied from a file of OFAC's. */
export interface ComposedRow {
  readonly uid: number;
  readonly name: string;
  readonly type?: "individual" | "vessel" | "aircraft";
  readonly programs: readonly string[];
  readonly title?: string;
  readonly vesselFlag?: string;
  readonly remarks?: string;
}

/** SDN.CSV (ofac-formats §2.9) of composed rows: 12 columns, CRLF, and the lone 0x1A at the end. */
export function composeSdnCsv(rows: readonly ComposedRow[]): string {
  const lines = [...rows].sort((a, b) => a.uid - b.uid).map(line);
  return [...lines, "\u001a"].join("\r\n");
}

const NULL = "-0- ";

function line(row: ComposedRow): string {
  const cells = [
    String(row.uid),
    quoted(row.name),
    row.type === undefined ? NULL : quoted(row.type),
    quoted(row.programs.join("] [")),
    row.title === undefined ? NULL : quoted(row.title),
    NULL,
    NULL,
    NULL,
    NULL,
    row.vesselFlag === undefined ? NULL : quoted(row.vesselFlag),
    NULL,
    row.remarks === undefined ? NULL : quoted(row.remarks),
  ];
  return cells.join(",");
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
