"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";

/** That a reply a step went on with is not whole, and what to do. */
export function ReplyNote({ outcome }: { readonly outcome: ReplyOutcome }) {
  const t = useTranslations("run");
  return (
    <p
      data-testid="reply-note"
      className="flex items-start gap-2 rounded-md border border-warn/40 px-3 py-2 text-sm text-warn"
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {t(`replyNote.${outcome}`)}
    </p>
  );
}
