import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { Badge } from "@/components/ui/badge";

export type Stage = RouterOutputs["tunedModel"]["get"]["versions"][number]["stage"];

export const stages: readonly Stage[] = ["draft", "staging", "production", "archived"];
const tones = { draft: "outline", staging: "warn", production: "ok", archived: "neutral" } as const;

export function StageBadge({ stage }: { readonly stage: Stage }) {
  const t = useTranslations("registry.stage");
  return <Badge tone={tones[stage]}>{t(stage)}</Badge>;
}
