import { type FileReference, fileReference } from "@/runtime/node/file-reference";

/** Where the bytes of a stored file are had. */
export const fileUrl = ({ fileId }: Pick<FileReference, "fileId">): string =>
  `/api/files/${encodeURIComponent(fileId)}`;

/** null where the value is no reference to a file. */
export const asFile = (value: unknown): FileReference | null => {
  if (typeof value !== "object" || value === null || !("fileId" in value)) return null;
  const parsed = fileReference.safeParse(value);
  return parsed.success ? parsed.data : null;
};

/** The files of a value that is nothing but files: one, or a list of them. Empty where it is anything else. */
export const filesOf = (value: unknown): readonly FileReference[] => {
  const single = asFile(value);
  if (single !== null) return [single];
  if (!Array.isArray(value) || value.length === 0 || value.length > 100) return [];
  const files = value.map(asFile);
  return files.every((file) => file !== null) ? files : [];
};

/** How a file stands in the form, whose values are texts. */
export const fileText = (file: FileReference): string => JSON.stringify(file);

/** null for an empty text and for one that is no file. */
export const readFileText = (text: string): FileReference | null => {
  if (!text.startsWith("{")) return null;
  try {
    return asFile(JSON.parse(text));
  } catch {
    return null;
  }
};

const step = 1024;

/** `812 B`, `84 KB`, `1.5 MB` */
export const formatSize = (bytes: number): string => {
  if (bytes < step) return `${bytes} B`;
  if (bytes < step * step) return `${Math.round(bytes / step)} KB`;
  const megabytes = bytes / step / step;
  if (megabytes < step) return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`;
  return `${Math.round((megabytes / step) * 10) / 10} GB`;
};
