"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { SearchField } from "@/components/ui/search-field";
import { TemplateCards } from "./template-cards";

export function Gallery() {
  const t = useTranslations("gallery");
  const [query, setQuery] = useState("");
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={<SearchField label={t("search")} value={query} onValueChange={setQuery} className="w-64" />}
      />
      <PageBody className="gap-5">
        <p className="max-w-2xl text-muted">{t("lead")}</p>
        <TemplateCards query={query} onClearQuery={() => setQuery("")} />
      </PageBody>
    </>
  );
}
