/** Cameras take pictures far larger than any model looks at. */
const longestEdge = 3072;
/** Smaller pictures are sent as they are. */
const worthwhileBytes = 3 * 1024 * 1024;

/** What a browser can decode and loses nothing by being a JPEG. */
const shrinkable = new Set(["image/jpeg", "image/webp", "image/heic", "image/heif"]);

/** The same photo, upright and smaller, where it is a large one and this browser can read it; otherwise the file as it is. */
export const shrinkPhoto = async (file: File): Promise<File> => {
  if (!shrinkable.has(file.type)) return file;
  const unknownToServer = file.type === "image/heic" || file.type === "image/heif";
  if (file.size < worthwhileBytes && !unknownToServer) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longestEdge / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    if (context === null) return file;
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.88 });
    if (blob.size >= file.size && !unknownToServer) return file;
    return new File([blob], `${file.name.replace(/\.[A-Za-z0-9]+$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    // A picture that the browser cannot read: the server looks at it and says what it is.
    return file;
  }
};
