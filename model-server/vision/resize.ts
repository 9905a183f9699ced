import sharp from "sharp";
import type { Picture } from "./picture";

/** Exactly this size, its proportions left behind. */
export async function resize(
  { width, height, pixels }: Picture,
  newWidth: number,
  newHeight: number,
): Promise<Picture> {
  if (width === newWidth && height === newHeight) return { width, height, pixels };
  const data = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(newWidth, newHeight, { fit: "fill", kernel: "linear" })
    .raw()
    .toBuffer();
  return { width: newWidth, height: newHeight, pixels: new Uint8Array(data) };
}
