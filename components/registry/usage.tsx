"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { Badge } from "@/components/ui/badge";

/** Pipelines that call the model. */
export function Usage({ modelId }: { readonly modelId: string }) {
  const t = useTranslations("registry.model");
  const trpc = useTRPC();
  const usage = useQuery(trpc.tunedModel.usage.queryOptions({ id: modelId }));
  if (!usage.data) return null;
  return (
    <Section title={t("usedBy")}>
      {usage.data.length === 0 ? <p className="text-muted text-sm">{t("usedByNone")}</p> : null}
      <ul className="flex flex-col divide-y divide-line">
        {usage.data.map(({ pipelineId, name, published, references }) => (
          <li key={pipelineId} className="flex items-center gap-3 py-2 text-sm">
            <Link href={`/pipelines/${pipelineId}`} className="font-medium hover:underline">
              {name}
            </Link>
            {published ? <Badge tone="ok">{t("publishedUse")}</Badge> : null}
            <code className="font-mono text-faint text-xs">{references.join(", ")}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
