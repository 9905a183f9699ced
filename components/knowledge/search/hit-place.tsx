"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Source } from "@/runtime/node/source";
import { documentAddress } from "../addresses";

/** The document a passage is from, with page and heading; a link that opens it there. */
export function HitPlace({ source }: { readonly source: Source }) {
  const t = useTranslations("knowledge.search");
  const { documentName, page, heading } = source;
  return (
    <div className="flex min-w-0 items-baseline gap-2">
      <Link
        href={documentAddress({ ...source, range: source })}
        className="max-w-[70%] shrink-0 truncate rounded-sm font-medium text-fg hover:underline"
        title={documentName}
      >
        {documentName}
      </Link>
      {page === undefined ? null : <span className="tabular shrink-0 text-muted text-xs">{t("page", { page })}</span>}
      {heading === undefined ? null : (
        <span className="min-w-0 truncate text-faint text-xs" title={heading}>
          {heading}
        </span>
      )}
    </div>
  );
}
