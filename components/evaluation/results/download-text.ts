/** A name that every system can store; letters of any language stay. */
export const fileNameOf = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|(?<!-)-+$/g, "")
    .slice(0, 80) || "report";

/** Gives the browser a file to keep. */
export const downloadText = (name: string, type: string, text: string): void => {
  // Spreadsheets read a text file as UTF-8 only where it begins with this mark.
  const mark = type === "text/csv" ? "\uFEFF" : "";
  const address = URL.createObjectURL(new Blob([mark, text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
};
