/** A folder of the library as a line of the tree. */
export interface FolderLine {
  /** Names joined by `/`. */
  readonly folder: string;
  readonly name: string;
  /** 0 at the top. */
  readonly depth: number;
  /** Prompts in it and in those below it. */
  readonly prompts: number;
}

/** The lines of a tree, each folder before those below it; one that holds only folders has its line, too. */
export const folderLines = (
  places: readonly { readonly folder: string; readonly prompts: number }[],
): readonly FolderLine[] => {
  const counts = new Map<string, number>();
  for (const { folder, prompts } of places) {
    const names = folder === "" ? [] : folder.split("/");
    for (let depth = 1; depth <= names.length; depth++) {
      const path = names.slice(0, depth).join("/");
      counts.set(path, (counts.get(path) ?? 0) + prompts);
    }
  }
  return [...counts]
    .map(([folder, prompts]) => ({ path: folder.split("/"), folder, prompts }))
    .sort((a, b) => comparePaths(a.path, b.path))
    .map(({ path, folder, prompts }) => ({ folder, prompts, name: path.at(-1) ?? "", depth: path.length - 1 }));
};

const comparePaths = (a: readonly string[], b: readonly string[]): number => {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = (a[at] ?? "").localeCompare(b[at] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
};
