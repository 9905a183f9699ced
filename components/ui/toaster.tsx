"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Where toasts appear. Mounted once, by the root layout. */
export function Toaster() {
  const t = useTranslations("ui");
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      containerAriaLabel={t("notifications")}
      gap={8}
      icons={{
        success: <CircleCheck className="size-4 text-ok" />,
        error: <CircleAlert className="size-4 text-error" />,
        warning: <TriangleAlert className="size-4 text-warn" />,
        info: <Info className="size-4 text-running" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-2.5 rounded-lg bg-raised px-3.5 py-3 font-sans text-sm text-fg shadow-pop",
          content: "min-w-0 flex-1",
          title: "font-medium break-words",
          description: "text-muted break-words",
          actionButton:
            "shrink-0 rounded-md border border-line-strong bg-surface px-2 h-6 text-xs font-medium hover:bg-hover",
          icon: "mt-0.5 shrink-0",
        },
      }}
    />
  );
}
