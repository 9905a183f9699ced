import { ArrowDown, ArrowUp, CircleHelp, Equal, Hourglass, Minus, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Verdict } from "@/runtime/eval/contract/report";
import type { ExperimentItem } from "../types";

const looks = {
  better: { tone: "ok", icon: ArrowUp },
  worse: { tone: "error", icon: ArrowDown },
  "not-worse": { tone: "ok", icon: ShieldCheck },
  "no-difference": { tone: "neutral", icon: Equal },
  inconclusive: { tone: "neutral", icon: CircleHelp },
  single: { tone: "neutral", icon: Minus },
  "too-early": { tone: "neutral", icon: Hourglass },
} as const satisfies Record<Verdict["kind"], unknown>;

interface VerdictGlyphProps {
  readonly item: ExperimentItem;
  readonly verdict: Verdict;
}

/** A verdict in a word, and which variant it is about. */
export function VerdictGlyph({ item, verdict }: VerdictGlyphProps) {
  const t = useTranslations("experiments.result.kind");
  const { tone, icon: Icon } = looks[verdict.kind];
  const about = verdict.variant === null ? undefined : item.variants[verdict.variant]?.label;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Badge tone={tone}>
        <Icon aria-hidden="true" />
        {t(verdict.kind)}
      </Badge>
      {about ? <span className="truncate">{about}</span> : null}
    </span>
  );
}
