"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Save } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { PageHeader, type PageHeaderProps } from "@/components/shell/page-header";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { toast } from "@/components/ui/toaster";
import type { PromptContent } from "@/nodes/lib/prompt/prompt-content";
import { sameJson } from "@/runtime/graph/hash";
import { LabelList } from "./label-list";
import { MergeDialog } from "./merge-dialog";
import { PromptDetails } from "./prompt-details";
import { PromptEditor } from "./prompt-editor";
import { PromptFigures } from "./prompt-figures";
import { PromptMenu } from "./prompt-menu";
import { PromptUses } from "./prompt-uses";
import { QualityCheck } from "./quality-check";
import { SaveVersionDialog } from "./save-version-dialog";
import { VersionList } from "./version-list";

export type PromptView = RouterOutputs["prompt"]["get"];
export type VersionView = RouterOutputs["prompt"]["version"];

interface PromptWorkbenchProps extends Omit<PageHeaderProps, "actions"> {
  readonly prompt: PromptView;
  readonly version: VersionView;
  readonly onChoose: (number: number) => void;
}

/** A version's words on the left, what stands around them on the right. Saving makes a new version. */
export function PromptWorkbench({ prompt, version, onChoose, ...header }: PromptWorkbenchProps) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, newest } = prompt;
  const [content, setContent] = useState<PromptContent>(version.content);
  const [saving, setSaving] = useState(false);
  /** The version that was merged into what is being edited, and the one that is asked about. */
  const [merged, setMerged] = useState<number | null>(null);
  const [merging, setMerging] = useState<number | null>(null);
  const changed = !sameJson(content, version.content);
  useEffect(() => {
    if (!changed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [changed]);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
  const save = useMutation(
    trpc.prompt.saveVersion.mutationOptions({
      onError: (error) => {
        // Somebody saved meanwhile: the words stay, and the next save makes a branch of them.
        if (errorFacts(error).code === "CONFLICT") void refresh();
        onError(error);
      },
      onSuccess: ({ number }) => {
        setSaving(false);
        toast.success(t("saved", { number }));
        void refresh();
        onChoose(number);
      },
    }),
  );
  const choose = (number: number) => {
    if (changed && !window.confirm(t("leaveChanges"))) return;
    onChoose(number);
  };
  return (
    <>
      <PageHeader
        {...header}
        actions={
          <>
            {changed ? <span className="text-warn text-xs">{t("unsaved")}</span> : null}
            <Button variant="primary" disabled={!changed} onClick={() => setSaving(true)}>
              <Save />
              {t("save")}
            </Button>
            <PromptMenu prompt={prompt} version={version} />
          </>
        }
      />
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto px-5 py-4">
          <p className="mb-3 text-muted text-xs">
            {version.number === newest
              ? t("showsNewest", { number: version.number })
              : t("showsOlder", { number: version.number, newest })}
          </p>
          <PromptEditor kind={prompt.kind} version={version} content={content} onChange={setContent} />
        </div>
        <Tabs
          defaultValue="versions"
          className="flex w-88 shrink-0 flex-col overflow-hidden border-line border-l xl:w-96"
        >
          <TabsList className="shrink-0 gap-3 px-4">
            {(["versions", "labels", "uses", "figures", "quality", "details"] as const).map((tab) => (
              <TabsTrigger key={tab} value={tab}>
                {t(`tab.${tab}`)}
              </TabsTrigger>
            ))}
          </TabsList>
          <TabsContent value="versions" className="min-h-0 flex-1 overflow-y-auto">
            <VersionList prompt={prompt} shown={version.number} onChoose={choose} onMerge={setMerging} />
          </TabsContent>
          <TabsContent value="labels" className="min-h-0 flex-1 overflow-y-auto p-4">
            <LabelList prompt={prompt} shown={version.number} />
          </TabsContent>
          <TabsContent value="uses" className="min-h-0 flex-1 overflow-y-auto p-4">
            <PromptUses id={id} />
          </TabsContent>
          <TabsContent value="figures" className="min-h-0 flex-1 overflow-y-auto p-4">
            <PromptFigures id={id} number={version.number} />
          </TabsContent>
          <TabsContent value="quality" className="min-h-0 flex-1 overflow-y-auto p-4">
            <QualityCheck kind={prompt.kind} content={content} />
          </TabsContent>
          <TabsContent value="details" className="min-h-0 flex-1 overflow-y-auto p-4">
            <PromptDetails key={prompt.updatedAt.getTime()} prompt={prompt} />
          </TabsContent>
        </Tabs>
      </div>
      {merging === null ? null : (
        <MergeDialog
          id={id}
          into={version.number}
          from={merging}
          onClose={() => setMerging(null)}
          onMerged={(next) => {
            setContent(next);
            setMerged(merging);
            setMerging(null);
          }}
        />
      )}
      {saving ? (
        <SaveVersionDialog
          number={newest + 1}
          branches={version.number !== newest}
          before={version.content}
          after={content}
          busy={save.isPending}
          onClose={() => setSaving(false)}
          onSave={(note) =>
            save.mutate({
              id,
              parent: version.number,
              ...(merged === null ? {} : { merged }),
              newest,
              content,
              note,
            })
          }
        />
      ) : null}
    </>
  );
}
