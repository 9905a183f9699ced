import { ArrowDown, ArrowUp, CircleHelp, Equal, ShieldCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Decision } from "@/runtime/eval/contract/report";
import { decisionNames } from "@/runtime/eval/say/report-table";
import { useReportLocale } from "./use-report-locale";

const looks = {
  better: { tone: "ok", icon: ArrowUp },
  worse: { tone: "error", icon: ArrowDown },
  "not-worse": { tone: "ok", icon: ShieldCheck },
  "no-difference": { tone: "neutral", icon: Equal },
  inconclusive: { tone: "neutral", icon: CircleHelp },
} as const satisfies Record<Decision, unknown>;

export function DecisionBadge({ decision }: { readonly decision: Decision }) {
  const locale = useReportLocale();
  const { tone, icon: Icon } = looks[decision];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {decisionNames[decision][locale]}
    </Badge>
  );
}
