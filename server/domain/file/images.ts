import type { Metadata, Sharp, SharpOptions } from "sharp";
import { contrastingBackground } from "@/runtime/image/contrasting-background";
import { fileLimits } from "./file-limits";
import { type FileRefusal, fileBroken } from "./file-refusal";

/** Pictures that are read here. */
const readable = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/tiff"]);

const saveAs = "Save it as JPEG or PNG and send that.";

/** Says why a picture of this type is never decoded; null where it is. */
export const unreadableImage = (name: string, mediaType: string): FileRefusal | null => {
  if (readable.has(mediaType)) return null;
  if (mediaType === "image/heic") return fileBroken(name, "is a HEIC photo, which cannot be read here.", saveAs);
  if (mediaType === "image/svg+xml") return fileBroken(name, "is an SVG drawing, which is never opened here.", saveAs);
  return fileBroken(name, `is no picture that can be read here (${mediaType}).`, saveAs);
};

/** Loaded on first use: the library brings a native part along. */
const openImage = async (source: string | Uint8Array, options: SharpOptions = {}): Promise<Sharp> => {
  const { default: sharp } = await import("sharp");
  return sharp(source, { limitInputPixels: fileLimits.imagePixels, failOn: "error", ...options });
};

export interface ImageSize {
  /** As seen, upright. */
  readonly width: number;
  readonly height: number;
}

/** Width and height by the picture's head, without decoding it; refuses what is none, or too large to decode. */
export const measureImage = async (source: string | Uint8Array, name: string): Promise<ImageSize> => {
  let found: Metadata;
  try {
    found = await (await openImage(source)).metadata();
  } catch (error) {
    throw refusalOf(error, name);
  }
  const { width, height } = found.autoOrient ?? found;
  if (width * height > fileLimits.imagePixels) throw tooManyPixels(name);
  return { width, height };
};

export interface ShrunkBytes extends ImageSize {
  readonly bytes: Uint8Array;
  readonly mediaType: "image/jpeg" | "image/png";
  readonly extension: "jpg" | "png";
}

/** What every model takes as it is: colours of screens, and a kind that browsers show. */
const plainFormats = new Set(["jpeg", "png", "webp", "gif"]);
const plainSpaces = new Set(["srgb", "b-w"]);

/**
 * The picture upright, opaque, in the colours of screens, with its longer edge at most so long; of an animation its first frame. null where it is that
 * already. What was transparent is written as PNG, all else becomes JPEG.
 */
export const shrinkBytes = async (
  source: Uint8Array,
  name: string,
  longestEdge: number,
): Promise<{ readonly original: ImageSize; readonly shrunk: ShrunkBytes | null }> => {
  try {
    const image = await openImage(source);
    const { autoOrient, width, height, orientation = 1, pages = 1, hasAlpha, format, space } = await image.metadata();
    const original = { width: autoOrient?.width ?? width, height: autoOrient?.height ?? height };
    const fits = Math.max(original.width, original.height) <= longestEdge;
    const plain = plainFormats.has(format) && plainSpaces.has(space);
    // Decoded once, so that a broken picture fails here and not at the model.
    const { isOpaque } = await image.stats();
    if (fits && orientation === 1 && pages === 1 && plain && isOpaque) return { original, shrunk: null };
    const upright = image
      .autoOrient()
      .resize({ width: longestEdge, height: longestEdge, fit: "inside", withoutEnlargement: true })
      .toColourspace("srgb");
    // Models see black, white or what was painted over where a picture is transparent; here it stands on what it can be seen on.
    if (!isOpaque) upright.flatten({ background: await contrastingBackground(source) });
    const written = hasAlpha ? upright.png() : upright.jpeg({ quality: 85, mozjpeg: false });
    const { data, info } = await written.toBuffer({ resolveWithObject: true });
    const type = hasAlpha
      ? ({ mediaType: "image/png", extension: "png" } as const)
      : ({ mediaType: "image/jpeg", extension: "jpg" } as const);
    return { original, shrunk: { bytes: data, width: info.width, height: info.height, ...type } };
  } catch (error) {
    throw refusalOf(error, name);
  }
};

const tooManyPixels = (name: string): FileRefusal =>
  fileBroken(
    name,
    `has more than ${fileLimits.imagePixels / 1_000_000} million pixels.`,
    "Send a smaller version of the picture.",
  );

const refusalOf = (error: unknown, name: string): FileRefusal => {
  if (error instanceof Error && /pixel limit/i.test(error.message)) return tooManyPixels(name);
  return fileBroken(
    name,
    "is damaged or cut off and cannot be read as a picture.",
    "Send the whole, undamaged picture.",
  );
};
