import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { extensionOf, withExtension } from "./file-name";

export interface FoundType {
  readonly mediaType: string;
  /** With an extension that tells the truth. */
  readonly name: string;
  /** What the extension had claimed, where it lied; else null. */
  readonly claimed: string | null;
}

/** Other spellings of extensions, by the one that is found in the bytes. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  jpg: ["jpeg", "jpe", "jfif"],
  tif: ["tiff"],
  heic: ["heif", "hif"],
  mp3: ["mpga", "mpeg"],
  mp4: ["m4a", "m4v", "aac", "mov"],
  m4a: ["mp4", "aac"],
  ogg: ["oga", "opus", "ogx", "ogv"],
  opus: ["ogg", "oga"],
  wav: ["wave"],
  webm: ["weba", "mkv"],
  gz: ["tgz"],
  zip: ["docx", "xlsx", "pptx", "odt", "ods", "epub", "jar", "kmz"],
  cfb: ["doc", "xls", "ppt", "msg", "msi"],
  xml: ["svg", "html", "xhtml", "rss", "atom", "kml", "gpx", "plist", "xsd", "xsl"],
};

/** Texts have no mark of their own: what they are is said by their extension, and they must be texts for that. */
const textTypes: Readonly<Record<string, string>> = {
  txt: "text/plain",
  text: "text/plain",
  log: "text/plain",
  md: "text/markdown",
  markdown: "text/markdown",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/json",
  jsonl: "application/jsonl",
  ndjson: "application/jsonl",
  yaml: "application/yaml",
  yml: "application/yaml",
};

/** The names by which the rest of the house knows them. */
const usualNames: Readonly<Record<string, string>> = {
  "audio/x-m4a": "audio/mp4",
  "audio/vnd.wave": "audio/wav",
  "audio/x-flac": "audio/flac",
  "audio/ogg; codecs=opus": "audio/ogg",
  "audio/opus": "audio/ogg",
  "image/heif": "image/heic",
  "image/heic-sequence": "image/heic",
  "image/heif-sequence": "image/heic",
};

/** How much of a file is looked at to tell text from bytes. */
const headBytes = 256 * 1024;

/** Looks at the bytes of a file; its name only decides between kinds of text. */
export const findMediaType = async (place: string, name: string): Promise<FoundType> => {
  const head = await readHead(place);
  // The mark at the beginning of a UTF-16 text is also that of an old kind of sound.
  const isMarkedText = marked(head) !== undefined && decodeHead(head) !== null;
  const found = isMarkedText ? undefined : await fileTypeFromFile(place).catch(() => undefined);
  if (found !== undefined && found.mime !== "application/xml") {
    const mediaType = await nameSound(usualNames[found.mime] ?? found.mime, place);
    return truthful(name, mediaType, found.ext);
  }
  const text = decodeHead(head);
  if (text === null) return { mediaType: "application/octet-stream", name, claimed: lyingAbout(name) };
  const markup = markupType(text);
  if (markup !== null) return truthful(name, markup.mediaType, markup.extension);
  const extension = extensionOf(name);
  const mediaType = textTypes[extension];
  if (mediaType !== undefined) return { mediaType, name, claimed: null };
  // A text by any other extension (source code, settings) is a text; one that claims to be an image is not.
  return claimsBytes.has(extension)
    ? { mediaType: "text/plain", name: withExtension(name, "txt"), claimed: extension }
    : { mediaType: "text/plain", name, claimed: null };
};

/** Extensions of what is never a text. */
const claimsBytes = new Set(
  "png jpg jpeg gif webp avif heic heif bmp tif tiff ico mp3 wav wave ogg oga opus flac m4a aac mp4 m4v mov webm mkv pdf doc docx xls xlsx ppt pptx zip gz tgz 7z rar exe dll".split(
    " ",
  ),
);

/** Bytes that nothing is known of may be called anything but something that is known. */
const lyingAbout = (name: string): string | null => {
  const extension = extensionOf(name);
  return claimsBytes.has(extension) || extension in textTypes ? extension : null;
};

const truthful = (name: string, mediaType: string, extension: string): FoundType => {
  const own = extensionOf(name);
  if (own === extension || alsoCalled[extension]?.includes(own)) return { mediaType, name, claimed: null };
  return { mediaType, name: withExtension(name, extension), claimed: own === "" ? null : own };
};

const readHead = async (place: string): Promise<Buffer> => {
  const handle = await open(place, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Containers that hold sound, moving pictures or both, by what they are called where they hold sound only. */
const soundOnly: Readonly<Record<string, string>> = {
  "video/webm": "audio/webm",
  "video/matroska": "audio/webm",
  "video/x-matroska": "audio/webm",
  "video/mp4": "audio/mp4",
  "video/quicktime": "audio/mp4",
  "video/3gpp": "audio/3gpp",
  "video/ogg": "audio/ogg",
};

/** Browsers and telephones record speech into containers that may hold pictures too. Its tracks say which it is, never bytes that look like their names. */
const nameSound = async (mediaType: string, place: string): Promise<string> => {
  const sound = soundOnly[mediaType];
  if (sound === undefined) return mediaType;
  // Loaded on first use: it knows every kind of sound there is.
  const { parseFile } = await import("music-metadata");
  const found = await parseFile(place, { skipCovers: true, duration: false }).catch(() => undefined);
  const { hasAudio = false, hasVideo = false } = found?.format ?? {};
  return hasAudio && !hasVideo ? sound : mediaType;
};

const decoders: readonly [mark: readonly number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

const marked = (head: Buffer) => decoders.find(([mark]) => mark.every((byte, index) => head[index] === byte));

/** The beginning of a text in any encoding that people here use; null where these bytes are no text. */
const decodeHead = (head: Buffer): string | null => {
  const mark = marked(head);
  const encodings = mark === undefined ? ["utf-8", "gb18030"] : [mark[1]];
  if (mark === undefined && head.includes(0)) return null;
  for (const encoding of encodings) {
    try {
      // `stream`: the head may end in the middle of a letter.
      const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
      if (!mostlyControls(text)) return text;
    } catch {
      // Not in this encoding.
    }
  }
  if (mark !== undefined) return null;
  // Latin-1 takes every byte, so it says nothing about a file; but a text in it has hardly a control character.
  const latin = head.toString("latin1");
  return mostlyControls(latin) ? null : latin;
};

const mostlyControls = (text: string): boolean => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: texts have none of these.
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u0084\u0086-\u009f]/g)?.length ?? 0;
  return controls > text.length / 100;
};

const markupType = (text: string): { readonly mediaType: string; readonly extension: string } | null => {
  const start = text.replace(/^\ufeff?\s*(<\?xml[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!doctype\s+svg[^>]*>\s*)*/i, "");
  if (/^<svg[\s>]/i.test(start)) return { mediaType: "image/svg+xml", extension: "svg" };
  if (/^(<!doctype\s+html|<html[\s>])/i.test(start)) return { mediaType: "text/html", extension: "html" };
  if (/^\ufeff?\s*<\?xml\s/i.test(text)) return { mediaType: "application/xml", extension: "xml" };
  return null;
};
