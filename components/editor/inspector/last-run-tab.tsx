import Link from "next/link";
import { useTranslations } from "next-intl";
import { NodeRunDetails } from "@/components/run/node-run-details";
import { Button } from "@/components/ui/button";
import type { GraphNode } from "@/runtime/graph/document";
import { runErrors } from "@/runtime/run/errors";
import { useNodeRun } from "../canvas/card-state";
import { useEditor, useInterfaceLocale, useWorkbench } from "../workbench";
import { PinnedOutput } from "./pinned-output";
import { RunPartBar } from "./run-part-bar";

/** What the last run made of a node. */
export function LastRunTab({ node: of }: { readonly node: GraphNode }) {
  const t = useTranslations("editor.inspector");
  const state = useNodeRun(of.id);
  const ports = useEditor(({ flow }) => flow.portsOf(of));
  const locale = useInterfaceLocale();
  const { view } = useWorkbench();
  return (
    <>
      <RunPartBar node={of.id} />
      <PinnedOutput node={of} />
      {state ? null : <p className="p-4 text-muted text-sm">{t("notRun")}</p>}
      {state ? (
        <NodeRunDetails
          state={state}
          titleOf={(side, port) => (Object.hasOwn(ports[side], port) ? ports[side][port]?.label?.[locale] : undefined)}
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
      ) : null}
    </>
  );
}
