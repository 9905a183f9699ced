"use client";

import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { DeploymentPageData } from "./deployment-page";
import { useRollBack } from "./use-roll-back";

/** Lets what was live before answer again, at once: whoever needs it has no time to be asked. A toast offers the way back. */
export function RollBackButton({ deployment }: { readonly deployment: DeploymentPageData }) {
  const t = useTranslations("deployments.page");
  const { goTo, busy } = useRollBack(deployment);
  const { changes, revisionId } = deployment;
  const before = changes.find((change) => change.revisionId !== revisionId);
  if (before === undefined) return null;
  return (
    <Button busy={busy} onClick={() => goTo(before.revisionId, revisionId, true)} data-testid="roll-back">
      <Undo2 />
      {t("rollBackTo", { number: before.number })}
    </Button>
  );
}
