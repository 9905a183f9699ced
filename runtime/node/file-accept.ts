import type { FileReference } from "./file-reference";

/** Pictures that every model that sees can read. */
export const usualImages = ["image/jpeg", "image/png", "image/webp", "image/gif"] as const;

/** What a field takes where its author names nothing. */
export const usualTypes = (kind: "image" | "audio" | "file"): readonly string[] => {
  switch (kind) {
    case "image":
      return usualImages;
    case "audio":
      return ["audio/*"];
    case "file":
      return [];
    default:
      return kind satisfies never;
  }
};

/** `application/pdf`, `text/*` or `.pdf`, as in the `accept` of a form. */
export const acceptShape = /^(\.[a-z0-9]{1,10}|[a-z]+\/(\*|[a-z0-9][a-z0-9.+-]{0,80}))$/;

/** Whether a file is one of these types; no types at all means every file. Its name tells the truth: the store has seen to that. */
export const acceptsFile = (
  accept: readonly string[],
  { mediaType, name }: Pick<FileReference, "mediaType" | "name">,
): boolean => {
  if (accept.length === 0) return true;
  const lower = name.toLowerCase();
  return accept.some((type) => {
    if (type.startsWith(".")) return lower.endsWith(type);
    return type.endsWith("/*") ? mediaType.startsWith(type.slice(0, -1)) : mediaType === type;
  });
};
