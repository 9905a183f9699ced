import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { CacheFigures } from "@/components/cache/cache-figures";
import { ClearButton } from "@/components/cache/clear-button";
import { useTRPC } from "@/components/trpc/client";
import { useSession } from "../session";
import { useEditor } from "../workbench";

/** What a step keeps, for runs in the editor and for each address, and what that was worth. */
export function CachePanel({ node }: { readonly node: string }) {
  const t = useTranslations("deployments.cache");
  const trpc = useTRPC();
  const { pipelineId } = useSession();
  const readOnly = useEditor((state) => state.readOnly);
  const scope = useEditor((state) => state.scope);
  const step = [...scope, node].join("/");
  const state = useQuery(trpc.answerCache.state.queryOptions({ pipelineId, step }, { refetchInterval: 15_000 }));
  const rows = state.data ?? [];
  return (
    <section className="flex flex-col gap-3 border-line border-t p-4" data-testid="cache-panel">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-medium text-sm">{t("title")}</h3>
        <ClearButton
          pipelineId={pipelineId}
          step={step}
          disabled={readOnly || rows.every(({ entries }) => entries === 0)}
        />
      </div>
      {state.isSuccess && rows.length === 0 ? <p className="text-muted text-xs">{t("nothing")}</p> : null}
      {rows.map((row) => (
        <div key={row.deploymentId ?? "draft"} className="flex flex-col gap-1">
          <p className="text-faint text-xs">{t(row.deploymentId === null ? "inEditor" : "published")}</p>
          <CacheFigures state={row} />
        </div>
      ))}
      <p className="text-faint text-xs">{t("days")}</p>
    </section>
  );
}
