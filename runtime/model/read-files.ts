import type { ChatRequest } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { CallOptions } from "./endpoint";
import { abortFailure } from "./watchdog";

/** Bounds of one request. */
export const imageLimits = { images: 16, bytesEach: 20 * 1024 * 1024, bytes: 50 * 1024 * 1024 } as const;

/** What models that see are sent; other pictures have to be converted before. */
const shownTypes = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** Bytes of a file that a request names, at most `limit` of them. */
export const readRequestFile = async (
  file: FileReference,
  { readFile, signal }: CallOptions,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const tooLarge = () =>
    new NodeFailure("file-invalid", `"${file.name}" is larger than ${megabytes(limit)}.`, {
      hint: "Send a smaller file.",
    });
  if (readFile === undefined) {
    throw new NodeFailure("file-missing", `This call cannot read files, and its request names "${file.name}".`);
  }
  if (signal.aborted) throw abortFailure(signal);
  if (file.size > limit) throw tooLarge();
  const bytes = await readFile(file);
  if (signal.aborted) throw abortFailure(signal);
  if (bytes.byteLength > limit) throw tooLarge();
  if (bytes.byteLength === 0) throw new NodeFailure("file-invalid", `"${file.name}" is empty.`);
  return new Uint8Array(bytes);
};

/** Data URLs of a request's pictures, by file id. Each is read once, however often it is shown. */
export const readImages = async (
  { messages }: ChatRequest,
  options: CallOptions,
): Promise<ReadonlyMap<string, string>> => {
  const shown = messages.flatMap(({ images = [] }) => images);
  if (shown.length > imageLimits.images) {
    throw new NodeFailure("file-invalid", `${shown.length} pictures are too many for one request.`, {
      hint: `Show at most ${imageLimits.images} at once.`,
    });
  }
  const urls = new Map<string, string>();
  let total = 0;
  for (const image of shown) {
    if (urls.has(image.fileId)) continue;
    if (!shownTypes.has(image.mediaType)) {
      throw new NodeFailure("file-invalid", `Models cannot be shown "${image.name}" (${image.mediaType}).`, {
        hint: "Convert it to JPEG or PNG, or have the step shrink it.",
      });
    }
    const bytes = await readRequestFile(image, options, imageLimits.bytesEach);
    total += bytes.byteLength;
    if (total > imageLimits.bytes) {
      throw new NodeFailure(
        "file-invalid",
        `The pictures of one request are larger than ${megabytes(imageLimits.bytes)}.`,
        {
          hint: "Show fewer or smaller pictures.",
        },
      );
    }
    urls.set(image.fileId, `data:${image.mediaType};base64,${Buffer.from(bytes).toString("base64")}`);
  }
  return urls;
};
