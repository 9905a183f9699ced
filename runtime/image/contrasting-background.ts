import type { SharpInput } from "sharp";

/** Enough of a picture to tell light from dark. */
const sampleEdge = 256;
const middle = 128;

/**
 * White, or black where what can be seen of a transparent picture is light: white letters on nothing are letters on black. Light is the mean of the
 * visible pixels' luma (ITU-R BT.601), each weighted by how opaque it is.
 */
export const contrastingBackground = async (source: SharpInput): Promise<"white" | "black"> => {
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(source, { failOn: "error" })
    .resize(sampleEdge, sampleEdge, { fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let [light, weight] = [0, 0];
  for (let at = 0; at + info.channels <= data.length; at += info.channels) {
    const alpha = data[at + info.channels - 1] ?? 0;
    const [red = 0, green = red, blue = red] =
      info.channels >= 4 ? data.subarray(at, at + 3) : data.subarray(at, at + 1);
    light += alpha * (0.299 * red + 0.587 * green + 0.114 * blue);
    weight += alpha;
  }
  return weight > 0 && light / weight > middle ? "black" : "white";
};
