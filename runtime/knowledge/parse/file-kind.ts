import { ParseError, type ParseFailureCode } from "./parse-failure";

export const fileKinds = ["text", "markdown", "html", "pdf", "docx", "csv", "xlsx"] as const;
export type FileKind = (typeof fileKinds)[number];

const byExtension: Readonly<Record<string, FileKind>> = {
  txt: "text",
  text: "text",
  log: "text",
  md: "markdown",
  markdown: "markdown",
  html: "html",
  htm: "html",
  xhtml: "html",
  pdf: "pdf",
  docx: "docx",
  csv: "csv",
  tsv: "csv",
  xlsx: "xlsx",
};
const byMediaType: Readonly<Record<string, FileKind>> = {
  "text/plain": "text",
  "text/markdown": "markdown",
  "text/html": "html",
  "application/xhtml+xml": "html",
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "text/csv": "csv",
  "text/tab-separated-values": "csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};
export const readableFiles = ".txt, .md, .html, .pdf, .docx, .csv, .xlsx";

/** What a file says that it is: its name first, for browsers often know no better type than "application/octet-stream". */
export const claimedKind = (name: string, mediaType: string): FileKind | undefined =>
  byExtension[/\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""] ??
  byMediaType[mediaType.split(";")[0]?.trim().toLowerCase() ?? ""];

type Signature = FileKind | "zip" | "old-office" | "encrypted-office" | "other" | undefined;

const magics: readonly (readonly [prefix: string, what: string])[] = [
  ["\x89PNG", "a PNG picture"],
  ["\xff\xd8\xff", "a JPEG picture"],
  ["GIF8", "a GIF picture"],
  ["II*\0", "a TIFF picture"],
  ["MM\0*", "a TIFF picture"],
  ["\x1f\x8b", "a gzip archive"],
  ["7z\xbc\xaf", "a 7z archive"],
  ["Rar!", "a RAR archive"],
  ["MZ", "a program"],
  ["\x7fELF", "a program"],
  ["ID3", "an audio file"],
  ["OggS", "an audio file"],
  ["fLaC", "an audio file"],
  ["RIFF", "an audio, video or picture file"],
  ["SQLite format 3\0", "a database"],
];
const oldOffice = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/** By its first bytes, and for a zip by the names of its parts, which stand in the file as they are. */
function signature(bytes: Uint8Array): { readonly kind: Signature; readonly what?: string } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = file.toString("latin1", 0, 1024);
  if (head.includes("%PDF-")) return { kind: "pdf" };
  if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06")) {
    // The list of parts is at the end; a long one may reach further, and the part's name also stands before its content.
    const has = (part: string) =>
      file.subarray(-1_000_000).includes(part) || file.subarray(0, 1_000_000).includes(part);
    if (has("word/document")) return { kind: "docx" };
    if (has("xl/workbook")) return { kind: "xlsx" };
    return { kind: "zip", what: "a zip archive" };
  }
  if (head.startsWith(oldOffice)) {
    const isEncrypted = file.includes(Buffer.from("EncryptedPackage", "utf16le"));
    return { kind: isEncrypted ? "encrypted-office" : "old-office", what: "a file of an old Office version" };
  }
  const found = magics.find(([prefix]) => head.startsWith(prefix));
  return found ? { kind: "other", what: found[1] } : { kind: undefined };
}

const mustBe: Readonly<Partial<Record<FileKind, readonly [ParseFailureCode, string]>>> = {
  pdf: ["not-a-pdf", "a PDF"],
  docx: ["not-a-docx", "a Word document (.docx)"],
  xlsx: ["not-an-xlsx", "an Excel workbook (.xlsx)"],
};

/** Which parser reads the file: its content decides where the two differ. Throws `ParseError` where none does. */
export function fileKind(
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): { readonly kind: FileKind; readonly claimed: FileKind | undefined } {
  const claimed = claimedKind(name, mediaType);
  const { kind, what } = signature(bytes);
  if (kind === "encrypted-office") {
    throw new ParseError("encrypted", "The file is protected with a password. Save it without one and add it again.");
  }
  if (kind === "pdf" || kind === "docx" || kind === "xlsx") return { kind, claimed };
  const expected = claimed && mustBe[claimed];
  if (expected) {
    const [code, whatItShouldBe] = expected;
    const advice = kind === "old-office" ? " Save it in the current format and add it again." : "";
    throw new ParseError(code, `The file is not ${whatItShouldBe}${what ? ` but ${what}` : ""}.${advice}`);
  }
  if (kind !== undefined || claimed === undefined) {
    const is = what ? `The file is ${what}` : "The type of the file is not known";
    throw new ParseError("unsupported-type", `${is}. These can be read: ${readableFiles}.`);
  }
  return { kind: claimed, claimed };
}
