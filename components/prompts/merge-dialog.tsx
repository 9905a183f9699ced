"use client";

import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { FormDialog } from "@/components/ui/form-dialog";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { type ContentField, contentFields, type PromptContent } from "@/nodes/lib/prompt/prompt-content";
import { sameJson } from "@/runtime/graph/hash";
import { FieldDifference } from "./content-difference";
import { contentText } from "./content-text";

interface MergeDialogProps {
  readonly id: string;
  /** The version that the merge is made from, and the one that is merged into it. */
  readonly into: number;
  readonly from: number;
  readonly onClose: () => void;
  readonly onMerged: (content: PromptContent) => void;
}

/** Two versions field by field: of each that differs, one side is chosen. What comes out is edited and saved as any other change. */
export function MergeDialog({ id, into, from, onClose, onMerged }: MergeDialogProps) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const [theirs, setTheirs] = useState<ReadonlySet<ContentField>>(new Set());
  const [own, other] = useQueries({
    queries: [into, from].map((number) => trpc.prompt.version.queryOptions({ id, number })),
  });
  const failed = [own, other].find((each) => each?.isError);
  const [left, right] = [own?.data?.content, other?.data?.content];
  const differing = left && right ? contentFields.filter((field) => !sameJson(left[field], right[field])) : [];
  const submit = () => {
    if (!left || !right) return;
    onMerged({ ...left, ...Object.fromEntries([...theirs].map((field) => [field, right[field]])) });
  };
  const choose = (field: ContentField, side: "own" | "other") => {
    const next = new Set(theirs);
    if (side === "other") next.add(field);
    else next.delete(field);
    setTheirs(next);
  };
  return (
    <FormDialog
      title={t("mergeTitle", { from, into })}
      description={t("mergeHelp")}
      action={t("merge")}
      busy={false}
      onSubmit={submit}
      onClose={onClose}
    >
      {failed?.error ? (
        <QueryError error={failed.error} onRetry={() => void failed.refetch()} />
      ) : left && right ? (
        differing.length === 0 ? (
          <p className="text-muted text-sm">{t("same")}</p>
        ) : (
          differing.map((field) => (
            <section key={field} className="flex flex-col gap-1.5">
              <div className="flex items-center justify-between gap-2">
                <h3 className="text-muted text-xs">{t(`field.${field}`)}</h3>
                <Segmented
                  label={t(`field.${field}`)}
                  value={theirs.has(field) ? "other" : "own"}
                  onValueChange={(side) => choose(field, side)}
                  options={[
                    { value: "own", label: t("version", { number: into }) },
                    { value: "other", label: t("version", { number: from }) },
                  ]}
                />
              </div>
              <FieldDifference from={contentText(left, field)} to={contentText(right, field)} />
            </section>
          ))
        )
      ) : (
        <Skeleton className="h-40" />
      )}
    </FormDialog>
  );
}
