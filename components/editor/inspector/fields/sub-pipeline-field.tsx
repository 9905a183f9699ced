import { useQuery } from "@tanstack/react-query";
import { ArrowUpRight, Unlink } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Select, SelectItem } from "@/components/ui/select";
import { useSession } from "../../session";
import { useWorkbench } from "../../workbench";
import type { FieldProps } from "./field-props";
import { ModelPopover } from "./model-popover";

interface Chosen {
  readonly reference: string;
  readonly name: string;
  readonly revisionId: string;
  readonly number: number;
  readonly follows: boolean;
}

const none: Chosen = { reference: "", name: "", revisionId: "", number: 0, follows: false };
/** The choice of what is published, among versions. */
const live = "live";

/** Another pipeline, and which version of it: one that stays, or whichever is published. Choosing takes its steps over as the body. */
export function SubPipelineField({ value, node, field, control, label, disabled }: FieldProps) {
  const t = useTranslations("editor.subPipeline");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tellError = useErrorToast();
  const { editor } = useWorkbench();
  const { pipelineId } = useSession();
  const [busy, setBusy] = useState(false);
  const chosen: Chosen = { ...none, ...(value as Partial<Chosen> | undefined) };
  const isChosen = chosen.reference !== "";
  const pipelines = useQuery(trpc.pipeline.list.queryOptions({ limit: 100 }, { staleTime: 15_000 }));
  const versions = useQuery(
    trpc.pipeline.revisions.queryOptions({ id: chosen.reference }, { enabled: isChosen, staleTime: 15_000 }),
  );
  const take = async (reference: string, revisionId: string | undefined, follows: boolean | null) => {
    setBusy(true);
    try {
      const found = await client.pipeline.stepSource.query({
        id: reference,
        inside: pipelineId,
        ...(revisionId === undefined ? {} : { revisionId }),
      });
      const { document, isLive, isPublished, ...named } = found;
      const next = {
        reference,
        name: named.name,
        revisionId: named.revisionId,
        number: named.number,
        follows: follows ?? (isPublished && isLive),
      };
      editor
        .getState()
        .apply([
          { type: "replace-node", node: { ...node, config: { ...node.config, [field.name]: next }, body: document } },
        ]);
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  const detach = () =>
    editor
      .getState()
      .apply([{ type: "replace-node", node: { ...node, config: { ...node.config, [field.name]: { ...none } } } }]);
  const liveVersion = versions.data?.revisions.find(({ id }) => id === versions.data.liveId);
  const isBehind = chosen.follows && liveVersion !== undefined && liveVersion.id !== chosen.revisionId;
  return (
    <div className="flex flex-col gap-2">
      <ModelPopover
        value={chosen.reference}
        choices={(pipelines.data?.items ?? [])
          .filter(({ id }) => id !== pipelineId)
          .map(({ id, name }) => ({ value: id, keywords: [name], content: <span className="truncate">{name}</span> }))}
        onPick={(reference) => void take(reference, undefined, null)}
        search={t("search")}
        none={{ text: t("none"), href: "/pipelines", action: t("all") }}
        control={control}
        label={label}
        disabled={disabled || busy}
      >
        <span className={isChosen ? "min-w-0 flex-1 truncate" : "min-w-0 flex-1 truncate text-faint"}>
          {isChosen ? chosen.name : t("own")}
        </span>
      </ModelPopover>
      {isChosen ? (
        <>
          <Select
            aria-label={t("version")}
            value={chosen.follows ? live : chosen.revisionId}
            disabled={disabled || busy}
            placeholder={t("pinned", { number: chosen.number })}
            onValueChange={(next) =>
              void take(chosen.reference, next === live ? (versions.data?.liveId ?? undefined) : next, next === live)
            }
          >
            {versions.data?.liveId || chosen.follows ? (
              <SelectItem value={live}>{t("follows", { number: chosen.number })}</SelectItem>
            ) : null}
            {(versions.data?.revisions ?? []).map(({ id, number, note }) => (
              <SelectItem key={id} value={id}>
                {[t("pinned", { number }), id === versions.data?.liveId ? t("live") : "", note.slice(0, 40)]
                  .filter((part) => part !== "")
                  .join(" · ")}
              </SelectItem>
            ))}
          </Select>
          {isBehind ? (
            <p className="flex items-center justify-between gap-2 text-warn text-xs">
              {t("newer", { number: liveVersion.number })}
              <Button size="sm" busy={busy} onClick={() => void take(chosen.reference, liveVersion.id, true)}>
                {t("takeNewer")}
              </Button>
            </p>
          ) : null}
          <div className="flex gap-2">
            <Button size="sm" asChild>
              <Link href={`/pipelines/${chosen.reference}`}>
                <ArrowUpRight />
                {t("open")}
              </Link>
            </Button>
            <Button size="sm" variant="ghost" disabled={disabled || busy} onClick={detach}>
              <Unlink />
              {t("detach")}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}
