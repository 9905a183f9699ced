import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import type { ToolPipeline } from "@/nodes/lib/agent/pipeline-tool";
import { useSession } from "../../session";
import { useView } from "../../workbench";
import type { FieldProps, Json } from "./field-props";
import { ModelPopover } from "./model-popover";
import { freshStep, keepDocument } from "./tool-steps";

/** A pipeline as a tool of an agent, pinned to the version that it has when it is chosen. A newer one that is published is offered. */
export function ToolPipelineField({ value, onChange, node, control, label, disabled }: FieldProps) {
  const t = useTranslations("editor.subPipeline");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tellError = useErrorToast();
  const { pipelineId } = useSession();
  const [busy, setBusy] = useState(false);
  // What an agent holds is its own, not a variant's.
  const isVariant = useView(({ shownVariant }) => shownVariant?.node === node.id);
  const chosen = typeof value === "object" && value !== null ? (value as unknown as ToolPipeline) : null;
  const pipelines = useQuery(trpc.pipeline.list.queryOptions({ limit: 100 }, { staleTime: 15_000 }));
  const versions = useQuery(
    trpc.pipeline.revisions.queryOptions(
      { id: chosen?.reference ?? "" },
      { enabled: chosen !== null, staleTime: 15_000 },
    ),
  );
  const live = versions.data?.revisions.find(({ id }) => id === versions.data.liveId);
  const isBehind = chosen !== null && live !== undefined && live.id !== chosen.revisionId;
  const take = async (reference: string) => {
    setBusy(true);
    try {
      const found = await client.pipeline.stepSource.query({ id: reference, inside: pipelineId });
      keepDocument(found.revisionId, found.document);
      const step =
        chosen?.step ?? freshStep((node.config.tools ?? []) as unknown as readonly Record<string, unknown>[]);
      const { name, revisionId, number } = found;
      onChange({ step, reference, name, revisionId, number, follows: false } satisfies ToolPipeline as unknown as Json);
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <ModelPopover
        value={chosen?.reference ?? ""}
        choices={(pipelines.data?.items ?? [])
          .filter(({ id }) => id !== pipelineId)
          .map(({ id, name }) => ({ value: id, keywords: [name], content: <span className="truncate">{name}</span> }))}
        onPick={(reference) => void take(reference)}
        search={t("search")}
        none={{ text: t("none"), href: "/pipelines", action: t("all") }}
        control={control}
        label={label}
        disabled={disabled || busy || isVariant}
      >
        <span className={chosen ? "min-w-0 flex-1 truncate" : "min-w-0 flex-1 truncate text-faint"}>
          {chosen ? `${chosen.name} · ${t("pinned", { number: chosen.number })}` : t("choose")}
        </span>
      </ModelPopover>
      {isVariant ? <p className="text-muted text-xs">{t("ownOnly")}</p> : null}
      {isBehind ? (
        <p className="flex items-center justify-between gap-2 text-warn text-xs">
          {t("newer", { number: live.number })}
          <Button size="sm" busy={busy} disabled={disabled || isVariant} onClick={() => void take(chosen.reference)}>
            {t("takeNewer")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
