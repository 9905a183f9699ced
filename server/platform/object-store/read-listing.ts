import type { StoredObject } from "./object-store";

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unhide = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name] ?? "");

const inner = (xml: string, tag: string): string | undefined => {
  const found = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1];
  return found === undefined ? undefined : unhide(found);
};

/** Reads an answer to ListObjectsV2. Its keys are ours and hold no letter that XML would have to hide. */
export const readListing = (
  xml: string,
): { readonly objects: readonly StoredObject[]; readonly next: string | null } => {
  const objects: StoredObject[] = [];
  for (const [, contents = ""] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
    const key = inner(contents, "Key");
    const size = Number(inner(contents, "Size"));
    const modifiedAt = new Date(inner(contents, "LastModified") ?? "");
    if (key !== undefined && Number.isFinite(size)) objects.push({ key, size, modifiedAt });
  }
  const isTruncated = inner(xml, "IsTruncated") === "true";
  return { objects, next: isTruncated ? (inner(xml, "NextContinuationToken") ?? null) : null };
};
