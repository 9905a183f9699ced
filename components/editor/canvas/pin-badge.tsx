import { Pin } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Tooltip } from "@/components/ui/tooltip";
import { pinOf } from "@/runtime/graph/pins";
import type { Ports } from "@/runtime/node/port";
import { pinFaultOf } from "@/runtime/plan/check-pin";
import { useEditor } from "../workbench";

/** Says that a pinned output stands in place of what the step gives, and whether it no longer fits. */
export function PinBadge({ node, outputs }: { readonly node: string; readonly outputs: Ports }) {
  const t = useTranslations("run.pin");
  const pinned = useEditor(({ document }) => pinOf(document, node));
  const fault = useMemo(() => (pinned === undefined ? null : pinFaultOf(outputs, pinned)), [pinned, outputs]);
  if (pinned === undefined) return null;
  const label = fault === null ? t("badge") : t("stale", { reason: fault });
  return (
    <Tooltip content={label} side="top">
      <span
        role="img"
        aria-label={label}
        className={fault === null ? "text-accent-text" : "text-warn"}
        data-testid="pin-badge"
      >
        <Pin className="size-3.5" />
      </span>
    </Tooltip>
  );
}
