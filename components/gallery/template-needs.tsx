"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

export interface TemplateNeedsProps {
  readonly needs: readonly string[];
}

/** What has to be there for a template to run, as badges. */
export function TemplateNeeds({ needs }: TemplateNeedsProps) {
  const t = useTranslations("gallery.needs");
  if (needs.length === 0) return null;
  return (
    <ul className="mt-1.5 flex flex-wrap gap-1">
      {needs.map((need) => (
        <li key={need}>
          <Badge>{t.has(need) ? t(`${need}`) : need}</Badge>
        </li>
      ))}
    </ul>
  );
}
