import { expect, test } from "vitest";
import { type DroppedEntry, readDrop, readPicked } from "./read-drop";

const fileEntry = (fullPath: string): DroppedEntry => ({
  name: fullPath.split("/").at(-1) ?? "",
  fullPath,
  isFile: true,
  isDirectory: false,
  file: (done) => done(new File(["text"], fullPath.split("/").at(-1) ?? "")),
});
/** Gives its entries two at a time, as browsers give a hundred. */
const folderEntry = (fullPath: string, inner: readonly DroppedEntry[]): DroppedEntry => ({
  name: fullPath.split("/").at(-1) ?? "",
  fullPath,
  isFile: false,
  isDirectory: true,
  createReader: () => {
    let from = 0;
    return {
      readEntries: (done) => {
        const part = inner.slice(from, from + 2);
        from += 2;
        done(part);
      },
    };
  },
});
const paths = (found: Awaited<ReturnType<typeof readDrop>>) =>
  found.map(({ file, folder }) => `${folder}|${file.name}`);

test("finds every file in folders in folders, with where it lies", async () => {
  const dropped = [
    fileEntry("/alone.txt"),
    folderEntry("/manuals", [
      fileEntry("/manuals/a.pdf"),
      fileEntry("/manuals/b.pdf"),
      folderEntry("/manuals/pumps", [fileEntry("/manuals/pumps/c.pdf")]),
    ]),
  ];
  expect(paths(await readDrop(dropped))).toEqual([
    "|alone.txt",
    "manuals|a.pdf",
    "manuals|b.pdf",
    "manuals/pumps|c.pdf",
  ]);
});

test("leaves out what systems put beside people's files, and what cannot be read", async () => {
  const unreadable: DroppedEntry = { ...fileEntry("/x.txt"), file: (_, failed) => failed(new Error("gone")) };
  const dropped = [fileEntry("/.DS_Store"), folderEntry("/.git", [fileEntry("/.git/config")]), unreadable];
  expect(await readDrop(dropped)).toEqual([]);
});

test("stops at its bound", async () => {
  const many = Array.from({ length: 9 }, (_, index) => fileEntry(`/m/${index}.txt`));
  expect(await readDrop([folderEntry("/m", many)], 4)).toHaveLength(4);
});

test("a picker of folders tells the folder, one of files does not", () => {
  const inFolder = Object.defineProperty(new File([""], "a.pdf"), "webkitRelativePath", { value: "manuals/x/a.pdf" });
  expect(readPicked([inFolder, new File([""], "b.pdf")]).map(({ folder }) => folder)).toEqual(["manuals/x", ""]);
});
