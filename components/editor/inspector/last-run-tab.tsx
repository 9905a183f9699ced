import Link from "next/link";
import { useTranslations } from "next-intl";
import { NodeRunDetails } from "@/components/run/node-run-details";
import { Button } from "@/components/ui/button";
import { runErrors } from "@/runtime/run/errors";
import { useNodeRun } from "../canvas/card-state";
import { useWorkbench } from "../workbench";

/** What the last run made of a node. */
export function LastRunTab({ node }: { readonly node: string }) {
  const t = useTranslations("editor.inspector");
  const state = useNodeRun(node);
  const { view } = useWorkbench();
  if (!state) return <p className="p-4 text-muted text-sm">{t("notRun")}</p>;
  return (
    <NodeRunDetails
      state={state}
      mend={({ code }) => {
        const { owner } = runErrors[code];
        return (
          <>
            {owner === "author" ? (
              <Button size="sm" onClick={() => view.setState({ inspectorTab: "settings" })}>
                {t("openSettings")}
              </Button>
            ) : null}
            {owner === "operator" || code === "model-unknown" ? (
              <Button size="sm" asChild>
                <Link href="/models">{t("openModels")}</Link>
              </Button>
            ) : null}
          </>
        );
      }}
    />
  );
}
