"use client";

import { useTranslations } from "next-intl";

/** A model by its own name, the whole reference on hover. */
export function ModelName({ reference }: { readonly reference: string }) {
  const t = useTranslations("knowledge");
  if (reference === "default") return <span className="truncate">{t("defaultModel")}</span>;
  return (
    <span className="truncate" title={reference}>
      {reference.slice(reference.indexOf("/") + 1)}
    </span>
  );
}
