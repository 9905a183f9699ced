import { z } from "zod";
import { promptLimits } from "./prompt-content";

/** Names a prompt in steps, in other prompts and in addresses, so it never holds a slash. */
export const promptSlug = z
  .string()
  .min(1)
  .max(promptLimits.slugLength)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use small letters, digits and single hyphens, such as complaint-triage.");

/** The label that always stands for the newest version; nobody moves it. */
export const latestLabel = "latest";
/** The label that is meant where none is named. */
export const standardLabel = "production";

/** Never only digits: `@2` is a version. */
export const promptLabel = z
  .string()
  .min(1)
  .max(36)
  .regex(/^[a-z0-9_.-]+$/, "Use small letters, digits, dots, hyphens and underscores.")
  .refine((name) => !/^\d+$/.test(name), "A label of digits alone would look like a version.");

/** What stands behind the `@`: a version where it is a number, else a label. */
export type PromptPoint = { readonly version: number } | { readonly label: string };

export const readPoint = (text: string): PromptPoint | null => {
  if (/^\d{1,9}$/.test(text)) return { version: Number(text) };
  return promptLabel.safeParse(text).success ? { label: text } : null;
};

/** Names of folders, outermost first; `/` parts them. Empty parts and spaces around a name are left out: ` a // b /` is `a/b`. */
export const folderNames = (folder: string): readonly string[] =>
  folder
    .split("/")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Where a prompt stands: names joined by `/`. */
export const promptFolder = z
  .string()
  .max((promptLimits.folderNameLength + 1) * promptLimits.folderDepth)
  .transform((folder) => folderNames(folder).join("/"))
  .refine(
    (folder) => folderNames(folder).length <= promptLimits.folderDepth,
    `Folders lie at most ${promptLimits.folderDepth} deep.`,
  )
  .refine(
    (folder) => folderNames(folder).every((name) => name.length <= promptLimits.folderNameLength),
    `The name of a folder has at most ${promptLimits.folderNameLength} characters.`,
  )
  .refine(
    (folder) => folderNames(folder).every((name) => name !== "." && name !== ".."),
    "A folder cannot be named . or ..",
  )
  .refine((folder) => !/\p{Cc}/u.test(folder), "Control characters are not allowed.");

/** `support/complaints/Triage` is a prompt `Triage` in a folder. */
export const splitName = (name: string): { readonly folder: string; readonly name: string } => {
  const names = folderNames(name);
  return { folder: names.slice(0, -1).join("/"), name: names.at(-1) ?? "" };
};

/** A slug out of a name; one of Chinese words alone gives none, so that a number stands in. */
export const slugOf = (name: string): string => {
  const words =
    name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  let slug = "";
  for (const word of words) {
    const room = promptLimits.slugLength - slug.length - (slug === "" ? 0 : 1);
    if (room <= 0) break;
    slug += (slug === "" ? "" : "-") + word.slice(0, room);
  }
  return slug || "prompt";
};
