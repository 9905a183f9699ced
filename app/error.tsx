"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { ErrorState } from "@/components/ui/error-state";

interface CrashProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** Takes the place of a page whose drawing threw; the frame around it stays. */
export default function Crash({ error, reset }: CrashProps) {
  const t = useTranslations("shell.crash");
  useEffect(() => console.error(error), [error]);
  return (
    <ErrorState
      className="min-h-full flex-1"
      title={t("title")}
      description={
        <>
          {t("description")}
          {error.digest ? (
            <span className="mt-2 block font-mono text-faint text-xs">{t("reference", { digest: error.digest })}</span>
          ) : null}
        </>
      }
      onRetry={reset}
    />
  );
}
