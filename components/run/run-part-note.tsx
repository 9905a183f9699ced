import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { RunPart } from "@/runtime/run/run-part";

interface RunPartNoteProps {
  readonly part: RunPart | null;
  /** Names the steps. */
  readonly lookOf: (node: string) => { readonly title: string };
}

/** Which steps a run was asked for; nothing where all of them were run anew. */
export function RunPartNote({ part, lookOf }: RunPartNoteProps) {
  const t = useTranslations("run.part");
  if (part === null) return null;
  const pins = part.pins?.length ?? 0;
  const step = part.node === undefined ? "" : lookOf(part.node).title;
  const said = [
    part.mode === "pinned" ? null : t(`said.${part.mode}`, { step }),
    pins > 0 ? t("said.pinned", { count: pins }) : null,
    part.within === undefined ? null : t("said.within"),
  ]
    .filter((each) => each !== null)
    .join(" · ");
  return (
    <Badge tone="accent" title={said} className="min-w-0 max-w-96 self-start" data-testid="run-part">
      <span className="truncate">{said}</span>
    </Badge>
  );
}
