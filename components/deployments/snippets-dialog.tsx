"use client";

import { useQuery } from "@tanstack/react-query";
import { Code } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  exampleFiles,
  exampleInputs,
  type SnippetLanguage,
  snippet,
  snippetLanguages,
} from "@/components/editor/publish/snippets";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";

const names: Readonly<Record<SnippetLanguage, string>> = { curl: "curl", typescript: "TypeScript", python: "Python" };

interface SnippetsDialogProps {
  readonly pipeline: { readonly id: string; readonly name: string };
}

/** How a program calls a published pipeline. */
export function SnippetsDialog({ pipeline }: SnippetsDialogProps) {
  const t = useTranslations("deployments");
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label={t("snippets")} size="sm" onClick={() => setOpen(true)}>
        <Code />
      </IconButton>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent
          className="max-w-2xl"
          title={t("snippetsTitle", { name: pipeline.name })}
          description={t("snippetsHelp")}
          footer={
            <Button asChild>
              <Link href="/settings#api-keys">{t("keys")}</Link>
            </Button>
          }
        >
          <Snippets pipelineId={pipeline.id} />
        </DialogContent>
      </Dialog>
    </>
  );
}

/** Code that calls it, in the language of one's choice. */
export function Snippets({ pipelineId }: { readonly pipelineId: string }) {
  const t = useTranslations("deployments");
  const trpc = useTRPC();
  const deployment = useQuery(trpc.deployment.get.queryOptions({ pipelineId }));
  const [language, setLanguage] = useState<SnippetLanguage>("curl");
  if (deployment.isError)
    return <QueryError error={deployment.error} onRetry={() => void deployment.refetch()} className="py-6" />;
  if (!deployment.data) return <Skeleton className="h-40 w-full" />;
  const { url, inputFields } = deployment.data;
  const code = snippet(language, {
    url,
    inputs: exampleInputs(inputFields, {}),
    files: exampleFiles(inputFields, {}),
    apiKey: null,
  });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <Segmented
          label={t("language")}
          value={language}
          onValueChange={setLanguage}
          options={snippetLanguages.map((value) => ({ value, label: names[value] }))}
        />
        <CopyButton value={code} label={t("copy")} />
      </div>
      <pre className="max-h-96 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs">{code}</pre>
    </div>
  );
}
