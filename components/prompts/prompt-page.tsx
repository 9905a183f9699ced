"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import { PromptWorkbench } from "./prompt-workbench";

/** One prompt: the words of a version, and beside them its history, its labels and what is said about it. */
export function PromptPage({ id }: { readonly id: string }) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<number | null>(null);
  const prompt = useQuery(trpc.prompt.get.queryOptions({ id }));
  const number = chosen ?? prompt.data?.newest ?? 0;
  const version = useQuery(trpc.prompt.version.queryOptions({ id, number }, { enabled: number > 0 }));
  const parents = useMemo(() => [{ title: t("title"), href: "/prompts" }], [t]);
  const failed = [prompt, version].find((each) => each.isError);
  if (failed?.error)
    return (
      <>
        <PageHeader title="" parents={parents} />
        <QueryError error={failed.error} onRetry={() => void failed.refetch()} className="flex-1" />
      </>
    );
  if (prompt.data === undefined || version.data === undefined)
    return (
      <>
        <PageHeader title={prompt.data?.name ?? ""} parents={parents} />
        <Skeleton className="m-5 h-60" />
      </>
    );
  const { name, kind, slug } = prompt.data;
  return (
    <PromptWorkbench
      // Another version's words are other words, not an edit of the ones before.
      key={version.data.number}
      prompt={prompt.data}
      version={version.data}
      onChoose={setChosen}
      title={name}
      parents={parents}
      aside={
        <>
          <Badge tone="outline">{t(`kind.${kind}`)}</Badge>
          <code className="font-mono text-xs">{slug}</code>
          <CopyButton value={slug} />
        </>
      }
    />
  );
}
