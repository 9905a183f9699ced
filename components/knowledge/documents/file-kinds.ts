import type { ChosenFile, UploadProblem } from "./upload-queue";

/** Endings of files that a base can read; the app looks at the content. */
export const readableEndings = [
  "txt",
  "text",
  "log",
  "md",
  "markdown",
  "html",
  "htm",
  "xhtml",
  "pdf",
  "docx",
  "csv",
  "tsv",
  "xlsx",
] as const;

/** For a file picker. */
export const acceptedFiles = readableEndings.map((ending) => `.${ending}`).join(",");
const largest = 100_000_000;

/** Why it is not worth sending a file: the app would refuse it. */
export const checkFile = ({ file }: Pick<ChosenFile, "file">): UploadProblem | null => {
  const ending = file.name.split(".").at(-1)?.toLowerCase() ?? "";
  if (!file.name.includes(".") || !readableEndings.some((one) => one === ending)) return { code: "unsupported-type" };
  if (file.size === 0) return { code: "file-empty" };
  return file.size > largest ? { code: "file-too-large" } : null;
};
