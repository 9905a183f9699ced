"use client";

import { useTranslations } from "next-intl";

/** What a fresh installation calls its workspace and its owner, until somebody renames them. */
const given = { workspace: "Workspace", account: "Owner" } as const;

/** A name as it is read: one that nobody has chosen yet is said in the interface's language. */
export const useShownName = (): ((of: keyof typeof given, name: string) => string) => {
  const t = useTranslations("shell.givenNames");
  return (of, name) => (name === given[of] ? t(`${of}`) : name);
};
