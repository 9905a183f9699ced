import { isRecord } from "@/runtime/node/record";
import { parameterRefusal } from "./openai-refusal";

/** A file that stands in a message: its bytes, or the id under which it was uploaded before. */
export type SentFile = { readonly kind: FileKind; readonly at: string; readonly fileId: string } | InlineFile;
export interface InlineFile {
  readonly kind: FileKind;
  readonly at: string;
  readonly name: string;
  readonly base64: string;
}
export type FileKind = "image" | "audio" | "file";

export interface Content {
  readonly text: string;
  readonly files: readonly SentFile[];
}

type Part = Readonly<Record<string, unknown>>;
const textAt = (value: unknown): string | null => (typeof value === "string" ? value : null);

const mostParts = 200;
const base64Letters = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** `data:image/png;base64,…` taken apart; null where it is another address. */
const readDataUrl = (url: string): { readonly mediaType: string; readonly base64: string } | null => {
  if (!/^data:/i.test(url)) return null;
  const comma = url.indexOf(",");
  const head = url.slice(5, Math.max(5, comma)).toLowerCase();
  if (comma < 0 || !head.endsWith(";base64")) return null;
  return { mediaType: head.split(";", 1)[0] ?? "", base64: url.slice(comma + 1) };
};

const extensionOf = (mediaType: string): string => mediaType.split("/")[1]?.replace(/\W/g, "").slice(0, 10) || "bin";

const fileOf = (kind: FileKind, at: string, source: string, name: string | null): SentFile => {
  const data = readDataUrl(source);
  if (data === null && /^https?:/i.test(source)) {
    throw parameterRefusal(
      at,
      "Files are not fetched from addresses.",
      "unsupported_value",
      "Send it as a data: URL in base64, or upload it to /api/v1/files and name its id.",
    );
  }
  const base64 = (data?.base64 ?? source).replace(/\s+/g, "");
  if (!base64Letters.test(base64) || base64 === "")
    throw parameterRefusal(at, "This is neither base64 nor a data: URL in base64.");
  return { kind, at, name: name ?? `${kind}.${extensionOf(data?.mediaType ?? "")}`, base64 };
};

const uploaded = (kind: FileKind, at: string, id: unknown): SentFile | null =>
  typeof id === "string" && id !== "" ? { kind, at, fileId: id } : null;

const readImage = (part: Part, at: string): SentFile => {
  const { image_url: image } = part;
  const known = uploaded("image", at, part.file_id);
  if (known !== null) return known;
  const url = textAt(image) ?? textAt(isRecord(image) ? image.url : null);
  if (url === null) throw parameterRefusal(at, "An image needs an image_url.");
  return fileOf("image", at, url, null);
};

const readAudio = (part: Part, at: string): SentFile => {
  const audio = isRecord(part.input_audio) ? part.input_audio : {};
  const data = textAt(audio.data);
  if (data === null) throw parameterRefusal(at, "Audio needs input_audio.data in base64.");
  return fileOf("audio", at, data, `audio.${extensionOf(`audio/${textAt(audio.format) ?? "wav"}`)}`);
};

const readFile = (part: Part, at: string): SentFile => {
  const file = isRecord(part.file) ? part.file : part;
  const known = uploaded("file", at, file.file_id);
  if (known !== null) return known;
  const data = textAt(file.file_data);
  if (data === null) throw parameterRefusal(at, "A file needs file_data in base64, or a file_id.");
  return fileOf("file", at, data, textAt(file.filename));
};

/** The content of a message as clients write it: a text, a list of parts, or nothing. `at` is its path in the request. */
export const readContent = (content: unknown, at: string): Content => {
  if (content === null || content === undefined) return { text: "", files: [] };
  if (typeof content === "string") return { text: content, files: [] };
  const parts = isRecord(content) ? [content] : content;
  if (!Array.isArray(parts)) throw parameterRefusal(at, "The content is a text or a list of parts.");
  if (parts.length > mostParts) throw parameterRefusal(at, `A message has at most ${mostParts} parts.`);
  const texts: string[] = [];
  const files: SentFile[] = [];
  for (const [index, part] of parts.entries()) {
    const place = `${at}[${index}]`;
    if (typeof part === "string") {
      texts.push(part);
      continue;
    }
    if (!isRecord(part)) throw parameterRefusal(place, "A part is an object with a type.");
    switch (part.type) {
      case "text":
      case "input_text":
      case "output_text":
        texts.push(textAt(part.text) ?? "");
        break;
      case "refusal":
        texts.push(textAt(part.refusal) ?? "");
        break;
      case "image_url":
      case "input_image":
        files.push(readImage(part, place));
        break;
      case "input_audio":
        files.push(readAudio(part, place));
        break;
      case "file":
      case "input_file":
        files.push(readFile(part, place));
        break;
      default:
        throw parameterRefusal(`${place}.type`, `Parts of the type "${String(part.type).slice(0, 40)}" are not taken.`);
    }
  }
  return { text: texts.join("\n"), files };
};
