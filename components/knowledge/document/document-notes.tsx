"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Warnings } from "../documents/document-status";
import type { DocumentView } from "../types";

/** Above the text: what was lost in the reading, and what is noted about the document. Nothing where there is neither. */
export function DocumentNotes({ document }: { readonly document: DocumentView }) {
  const t = useTranslations("knowledge.document");
  const noted = Object.entries(document.metadata);
  if (document.warnings.length === 0 && noted.length === 0) return null;
  return (
    <section
      aria-label={t("notes")}
      className="flex max-h-40 shrink-0 flex-col gap-2 overflow-y-auto border-line border-b bg-page px-4 py-2"
    >
      {document.warnings.length > 0 ? (
        <div className="flex gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          <Warnings document={document} />
        </div>
      ) : null}
      {noted.length > 0 ? (
        <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
          {noted.map(([name, value]) => (
            <div key={name} className="flex min-w-0 max-w-full gap-1.5">
              <dt className="shrink-0 text-faint">{name}</dt>
              <dd className="min-w-0 truncate text-muted" title={String(value)}>
                {String(value)}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}
