"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

const parts = [
  { name: "experiments", href: "/evaluation" },
  { name: "datasets", href: "/evaluation/datasets" },
] as const;

/** The two lists of the evaluation pages, under their header. */
export function EvaluationTabs() {
  const t = useTranslations("evaluation");
  const pathname = usePathname();
  return (
    <nav aria-label={t("title")} className="flex shrink-0 items-center gap-4 border-line border-b px-5">
      {parts.map(({ name, href }) => {
        const current = pathname === href;
        return (
          <Link
            key={name}
            href={href}
            aria-current={current ? "page" : undefined}
            className={cn(
              "relative flex h-9 items-center rounded-sm text-sm transition-colors hover:text-fg",
              current
                ? "font-medium text-fg after:absolute after:inset-x-0 after:-bottom-px after:h-px after:bg-fg"
                : "text-muted",
            )}
          >
            {t(`tabs.${name}`)}
          </Link>
        );
      })}
    </nav>
  );
}
