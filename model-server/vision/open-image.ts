import sharp from "sharp";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { contrastingBackground } from "@/runtime/image/contrasting-background";
import { badRequest, type EndpointError } from "../errors";
import type { Picture } from "./picture";

/** Photos of today's telephones have up to 50 million pixels. */
export const MAX_PIXELS = 60_000_000;
/** Longer edge of the picture that the models work on: enough for small print on a scanned page. */
const LONGEST_EDGE = 2560;
const SHORTEST_EDGE = 8;

const readable = new Set(["jpeg", "png", "webp", "gif", "tiff"]);

export interface OpenedImage {
  readonly picture: Picture;
  /** Before it was made smaller. */
  readonly original: { readonly width: number; readonly height: number };
}

/** Opens a still picture of a known kind, whatever its name says it is; turned upright, on white or, where it is light, on black, and bounded in size. */
export async function openImage(bytes: Uint8Array): Promise<Result<OpenedImage, EndpointError>> {
  const kind = refusedKind(bytes);
  if (kind) return fail(unreadable(kind));
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" });
    const { format, pages = 1, width, height, hasAlpha } = await image.metadata();
    if (!readable.has(format)) return fail(unreadable(`${format} pictures are not read here`));
    if (pages > 1) return fail(unreadable("it has several frames or pages; send one of them as PNG or JPEG"));
    if (Math.min(width, height) < SHORTEST_EDGE)
      return fail(unreadable(`${width}x${height} pixels are too few to see anything`));
    const { data, info } = await image
      .autoOrient()
      .resize(LONGEST_EDGE, LONGEST_EDGE, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: hasAlpha ? await contrastingBackground(bytes) : "white" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = info.channels === 3 ? new Uint8Array(data) : repeatGrey(data);
    return ok({ picture: { width: info.width, height: info.height, pixels }, original: { width, height } });
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    if (why?.includes("pixel limit"))
      return fail(unreadable(`it has more than ${MAX_PIXELS / 1e6} million pixels; make it smaller`));
    return fail(unreadable(`it is damaged or no picture (${why})`));
  }
}

const unreadable = (why: string): EndpointError =>
  badRequest(`The image cannot be read: ${why}. Send JPEG, PNG, WebP or GIF.`, "messages", "invalid_image");

/** Kinds that are told by name, because people send them. */
function refusedKind(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 1024));
  const brand = start.toString("latin1", 4, 12);
  if (/^ftyp(hei|hev|mif1|msf1)/.test(brand)) return "HEIC pictures are not read here; save it as JPEG";
  if (/^ftypavi/.test(brand)) return "AVIF pictures are not read here; save it as JPEG";
  if (/^[\s\uFEFF]*(<\?xml|<!--|<!doctype\s+svg|<svg)/i.test(start.toString("utf8")))
    return "SVG drawings are not read here; save it as PNG";
  if (start.toString("latin1", 0, 5) === "%PDF-") return "it is a PDF; send its pages as pictures";
  return undefined;
}

function repeatGrey(data: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(data.length * 3);
  for (const [index, value] of data.entries()) pixels.fill(value, index * 3, index * 3 + 3);
  return pixels;
}
