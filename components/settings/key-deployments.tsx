import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Checkbox } from "@/components/ui/checkbox";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";

/** As many as a key may name. */
const most = 100;
/** From so many on they are searched. */
const manyDeployments = 8;

interface KeyDeploymentsProps {
  /** Ids of deployments; null: all of them, also later ones. */
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
}

/** Which published pipelines a key is for. */
export function KeyDeployments({ chosen, onChange }: KeyDeploymentsProps) {
  const t = useTranslations("settings.apiKeys");
  const id = useId();
  const trpc = useTRPC();
  const [query, setQuery] = useState("");
  const deployments = useQuery({ ...trpc.deployment.list.queryOptions({ limit: 100 }), enabled: chosen !== null });
  const items = deployments.data?.items ?? [];
  const wanted = query.trim().toLowerCase();
  const shown = items.filter(({ slug, pipeline }) => `${slug} ${pipeline.name}`.toLowerCase().includes(wanted));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">{t("for")}</legend>
      <Segmented
        label={t("for")}
        className="self-start"
        value={chosen === null ? "all" : "some"}
        onValueChange={(value) => onChange(value === "all" ? null : [])}
        options={[
          { value: "all", label: t("forAll") },
          { value: "some", label: t("forSome") },
        ]}
      />
      {chosen === null ? <p className="text-muted text-xs">{t("forAllHelp")}</p> : null}
      {chosen !== null && deployments.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {chosen !== null && deployments.data && items.length === 0 ? (
        <p className="text-muted text-sm">{t("nothingPublished")}</p>
      ) : null}
      {chosen !== null && items.length > manyDeployments ? (
        <SearchField label={t("searchPublished")} value={query} onValueChange={setQuery} />
      ) : null}
      {chosen !== null && items.length > 0 ? (
        <ul className="max-h-44 overflow-y-auto rounded-md border border-line py-1">
          {shown.map(({ id: deploymentId, slug, pipeline }) => {
            const on = chosen.includes(deploymentId);
            const without = chosen.filter((each) => each !== deploymentId);
            return (
              <li key={deploymentId} className="flex items-center gap-2.5 px-3 py-1.5">
                <Checkbox
                  id={`${id}-${deploymentId}`}
                  checked={on}
                  disabled={!on && chosen.length >= most}
                  onCheckedChange={(checked) => onChange(checked === true ? [...without, deploymentId] : without)}
                />
                <label htmlFor={`${id}-${deploymentId}`} className="flex min-w-0 flex-1 items-baseline gap-2">
                  <span className="truncate">{pipeline.name}</span>
                  <code className="truncate font-mono text-faint text-xs">{slug}</code>
                </label>
              </li>
            );
          })}
          {shown.length === 0 ? <li className="px-3 py-1.5 text-muted text-sm">{t("noneFound")}</li> : null}
        </ul>
      ) : null}
    </fieldset>
  );
}
