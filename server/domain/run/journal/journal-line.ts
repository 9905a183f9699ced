import { crc32 } from "node:zlib";
import type { RunText } from "../write-runs";

/** What a line of the journal says: a stretch of a run, or that all lines before it are in the database. */
export type JournalLine = { readonly kind: "run"; readonly text: RunText } | { readonly kind: "stored" };

const storedMark = "stored";

const lineOf = (body: string): Buffer => {
  const bytes = Buffer.from(`00000000 ${body}\n`);
  const sum = crc32(bytes.subarray(9, -1)).toString(16).padStart(8, "0");
  bytes.write(sum, 0, "latin1");
  return bytes;
};

/** `<CRC-32, 8 hex digits> <row as JSON>\t<log as JSON>\n`, UTF-8. JSON holds no tab and no line break of its own. */
export const writeRunLine = ({ log, ...row }: RunText): Buffer => lineOf(`${JSON.stringify(row)}\t${log}`);

export const storedLine: Buffer = lineOf(storedMark);

const lineBreak = 10;

/**
 * The lines of a journal's file, up to where it was written. A line whose sum is wrong, as the last one is when the process or the machine stopped
 * in the middle of it, is left out and counted.
 */
export const readLines = (bytes: Buffer): { readonly lines: readonly JournalLine[]; readonly damaged: number } => {
  const lines: JournalLine[] = [];
  let damaged = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const end = bytes.indexOf(lineBreak, at);
    const line = end < 0 ? null : readLine(bytes.subarray(at, end));
    if (line === null) damaged += 1;
    else lines.push(line);
    if (end < 0) break;
    at = end + 1;
  }
  return { lines, damaged };
};

const readLine = (line: Buffer): JournalLine | null => {
  const body = line.subarray(9);
  if (line.length < 10 || Number.parseInt(line.toString("latin1", 0, 8), 16) !== crc32(body)) return null;
  const text = body.toString("utf8");
  if (text === storedMark) return { kind: "stored" };
  const tab = text.indexOf("\t");
  try {
    return { kind: "run", text: { ...JSON.parse(text.slice(0, tab)), log: text.slice(tab + 1) } };
  } catch {
    return null;
  }
};
