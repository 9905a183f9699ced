"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { LinesSetting } from "../lines-setting";
import { readHosts } from "./read-hosts";

/** Where steps may call out to. */
export function ToolHosts({ workspace }: { readonly workspace: RouterOutputs["workspace"]["get"] }) {
  const t = useTranslations("settings.toolHosts");
  const texts = {
    title: t("title"),
    description: t("description"),
    list: t("list"),
    help: t("help"),
    ownerOnly: t("ownerOnly"),
    saved: t("saved"),
    save: t("save"),
    example: t("hostsExample"),
  };
  return (
    <LinesSetting
      workspace={workspace}
      name="toolHosts"
      id="tool-hosts"
      texts={texts}
      maxLength={20_000}
      read={(text) => ({ lines: readHosts(text) })}
    />
  );
}
