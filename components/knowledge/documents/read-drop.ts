import type { ChosenFile } from "./upload-queue";

/** What a browser gives of something dropped; a part of its `FileSystemEntry`, so that a test can make one. */
export interface DroppedEntry {
  readonly name: string;
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly fullPath: string;
  file?(done: (file: File) => void, failed: (error: unknown) => void): void;
  createReader?(): {
    readEntries(done: (entries: readonly DroppedEntry[]) => void, failed: (error: unknown) => void): void;
  };
}

/** Files that are looked at in what was dropped: beyond it the rest is left where it is. */
export const mostDropped = 5_000;
const deepest = 20;

/** Made by systems beside people's files. */
const isHidden = (name: string): boolean => name.startsWith(".") || name === "Thumbs.db" || name === "desktop.ini";

/** All files in what was dropped, with the folder each lies in. What cannot be read is left out. */
export const readDrop = async (
  entries: readonly DroppedEntry[],
  most: number = mostDropped,
): Promise<readonly ChosenFile[]> => {
  const found: ChosenFile[] = [];
  const visit = async (entry: DroppedEntry, depth: number): Promise<void> => {
    if (found.length >= most || isHidden(entry.name)) return;
    if (entry.isFile) {
      const file = await new Promise<File | null>((resolve) => entry.file?.(resolve, () => resolve(null)));
      if (file) found.push({ file, folder: folderOf(entry.fullPath) });
      return;
    }
    if (!entry.isDirectory || depth >= deepest) return;
    const reader = entry.createReader?.();
    if (!reader) return;
    // A browser gives a folder in parts of about a hundred, until an empty one.
    for (;;) {
      const part = await new Promise<readonly DroppedEntry[]>((resolve) =>
        reader.readEntries(resolve, () => resolve([])),
      );
      if (part.length === 0) return;
      for (const inner of part) await visit(inner, depth + 1);
      if (found.length >= most) return;
    }
  };
  for (const entry of entries) await visit(entry, 0);
  return found;
};

/** `/manuals/pumps/a.pdf` lies in `manuals/pumps`. */
const folderOf = (fullPath: string): string => fullPath.split("/").filter(Boolean).slice(0, -1).join("/");

/** Files of a picker; one for folders gives each file's path from the chosen folder on. */
export const readPicked = (files: Iterable<File>): readonly ChosenFile[] =>
  [...files]
    .filter(({ name }) => !isHidden(name))
    .map((file) => ({ file, folder: folderOf(`/${file.webkitRelativePath || file.name}`) }));
