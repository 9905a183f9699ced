"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { LinesSetting } from "./lines-setting";
import { readOrigins } from "./read-origins";

/** Whose pages may call published pipelines from the browser. */
export function AllowedOrigins({ workspace }: { readonly workspace: RouterOutputs["workspace"]["get"] }) {
  const t = useTranslations("settings.origins");
  const texts = {
    title: t("title"),
    description: t("description"),
    list: t("list"),
    help: t("help"),
    ownerOnly: t("ownerOnly"),
    saved: t("saved"),
    save: t("save"),
    example: "https://www.example.com",
  };
  const read = (text: string) => {
    const { origins, wrong } = readOrigins(text);
    return wrong === null ? { lines: origins } : { lines: origins, error: t("wrong", { line: wrong.slice(0, 80) }) };
  };
  return <LinesSetting workspace={workspace} name="allowedOrigins" texts={texts} maxLength={5000} read={read} />;
}
