"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export interface ErrorStateProps {
  /** What happened. */
  readonly title?: ReactNode;
  /** Why, and what to do. */
  readonly description?: ReactNode;
  /** Tries again; shown as the button. */
  readonly onRetry?: () => void;
  /** Other buttons that mend it. */
  readonly actions?: ReactNode;
  readonly className?: string;
}

export function ErrorState({ title, description, onRetry, actions, className }: ErrorStateProps) {
  const t = useTranslations("ui");
  return (
    <div
      role="alert"
      className={cn("flex flex-col items-center justify-center gap-1 px-6 py-12 text-center", className)}
    >
      <CircleAlert className="mb-2 size-5 text-error" />
      <p className="font-medium text-base text-fg">{title ?? t("error.title")}</p>
      <p className="max-w-md break-words text-muted text-sm">{description ?? t("error.description")}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {onRetry ? (
          <Button onClick={onRetry}>
            <RotateCw />
            {t("retry")}
          </Button>
        ) : null}
        {actions}
      </div>
    </div>
  );
}
