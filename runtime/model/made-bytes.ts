import { fileTypeFromBuffer } from "file-type";
import type { MadeBytes } from "@/runtime/node/context";
import { mendWav } from "./mend-wav";

/** Pictures that browsers show and steps take on. */
const pictureTypes = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]);

/** What these bytes are, if they are a picture; null for all else, whatever was said of them. */
export const readPicture = async (bytes: Uint8Array): Promise<MadeBytes | null> => {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found === undefined || !pictureTypes.has(found.mime)) return null;
  return { mediaType: found.mime, extension: found.ext, bytes };
};

/** What these bytes are, if they are sound; null for all else. A WAV file whose header lies of its length is mended. */
export const readSound = async (bytes: Uint8Array): Promise<MadeBytes | null> => {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  // "application/ogg" is what a bare beginning of Ogg is called.
  if (found === undefined || !(found.mime.startsWith("audio/") || found.mime === "application/ogg")) return null;
  const type = found.mime.split(";")[0] ?? found.mime;
  return type === "audio/wav" || type === "audio/vnd.wave"
    ? { mediaType: "audio/wav", extension: "wav", bytes: mendWav(bytes) }
    : { mediaType: type === "application/ogg" ? "audio/ogg" : type, extension: found.ext, bytes };
};
