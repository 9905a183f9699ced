import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { RunVariant } from "@/runtime/run/events";

interface TriedVariantsProps {
  readonly variants: readonly RunVariant[];
  /** Names the steps. */
  readonly lookOf: (node: string) => { readonly title: string };
}

/** Which variants a run tried; nothing where every step ran with its own settings. */
export function TriedVariants({ variants, lookOf }: TriedVariantsProps) {
  const t = useTranslations("run.variant");
  return variants.map(({ node, id, label }) => {
    const said = t("tried", { label, step: lookOf(node).title });
    return (
      <Badge
        key={`${node} ${id}`}
        tone="accent"
        title={said}
        className="min-w-0 max-w-72 self-start"
        data-testid="tried-variant"
      >
        <span className="truncate">{said}</span>
      </Badge>
    );
  });
}
