import { fileLimits } from "./file-limits";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what a name must not hold.
const forbidden = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * A name that can be shown and saved anywhere: the last part of whatever path was sent, without letters that a file system, a header or a
 * reader's eye could take for something else.
 */
export const safeFileName = (sent: string): string => {
  const last = sent.toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .replace(forbidden, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/^\.+/, "")
    .replace(/(?<![. ])[. ]+$/, "");
  return shorten(clean) || "file";
};

/** Cuts the stem and keeps the extension. */
const shorten = (name: string): string => {
  if (name.length <= fileLimits.nameLength) return name;
  const extension = extensionOf(name);
  const stem = name.slice(0, fileLimits.nameLength - extension.length - 1).toWellFormed();
  return extension === "" ? stem : `${stem}.${extension}`;
};

/** Lower case, without the dot; empty where there is none. */
export const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** The same name with another extension. */
export const withExtension = (name: string, extension: string): string => {
  const own = extensionOf(name);
  const stem = own === "" ? name : name.slice(0, -own.length - 1);
  return shorten(`${stem || "file"}.${extension}`);
};
