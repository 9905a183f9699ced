"use client";

import { CircleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import type { RunErrorData } from "@/runtime/run/errors";

export interface RunErrorNoteProps {
  readonly error: RunErrorData;
  /** The step's policy made it good. */
  readonly recovered?: boolean;
  /** Buttons that mend it. */
  readonly children?: ReactNode;
}

/** What happened, the particulars, and what to do. */
export function RunErrorNote({ error, recovered = false, children }: RunErrorNoteProps) {
  const t = useTranslations("run");
  const locale = useLocale();
  // The error's own hint knows the particulars, in English; the table's is in every language.
  const { title, mend } = useRunErrorText()(error.code);
  return (
    <div
      role={recovered ? undefined : "alert"}
      className={cn("rounded-md border p-3 text-sm", recovered ? "border-line" : "border-error/40 bg-error-soft")}
    >
      <p className={cn("flex items-start gap-2 font-medium", recovered ? "text-warn" : "text-error")}>
        <CircleAlert className="mt-0.5 size-4 shrink-0" />
        {recovered ? `${t("recovered")} ${title}` : title}
      </p>
      <p className="mt-1 whitespace-pre-wrap break-words pl-6 text-fg">{error.message}</p>
      <p className="mt-1 pl-6 text-muted">{locale === "en" && error.hint ? error.hint : mend}</p>
      {children ? <div className="mt-2 flex flex-wrap gap-2 pl-6">{children}</div> : null}
    </div>
  );
}
