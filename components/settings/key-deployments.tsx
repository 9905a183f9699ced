import { useTranslations } from "next-intl";
import { useId } from "react";
import { SearchedList } from "@/components/pickers/searched-list";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { Checkbox } from "@/components/ui/checkbox";
import { Segmented } from "@/components/ui/segmented";

/** As many as a key may name. */
const most = 100;
/** Deployments that are read at once. */
const pageSize = 50;

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
  const client = useTRPCClient();
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
      {chosen === null ? null : (
        <SearchedList
          label={t("searchPublished")}
          queryKey={trpc.deployment.list.queryKey()}
          page={(asked, signal) => client.deployment.list.query({ ...asked, limit: pageSize }, { signal })}
          itemId={(deployment) => deployment.id}
          empty={<p className="text-muted text-sm">{t("nothingPublished")}</p>}
          className="max-h-44 py-1"
        >
          {({ id: deploymentId, slug, pipeline }) => {
            const on = chosen.includes(deploymentId);
            const without = chosen.filter((each) => each !== deploymentId);
            return (
              <span className="flex items-center gap-2.5 px-3 py-1.5">
                <Checkbox
                  id={`${id}-${deploymentId}`}
                  checked={on}
                  disabled={!on && chosen.length >= most}
                  onCheckedChange={(checked) => onChange(checked === true ? [...without, deploymentId] : without)}
                />
                <label
                  htmlFor={`${id}-${deploymentId}`}
                  title={pipeline.name}
                  className="flex min-w-0 flex-1 items-baseline gap-2"
                >
                  <span className="truncate">{pipeline.name}</span>
                  <code className="truncate font-mono text-faint text-xs">{slug}</code>
                </label>
              </span>
            );
          }}
        </SearchedList>
      )}
    </fieldset>
  );
}
