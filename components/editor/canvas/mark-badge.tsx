import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { VersionMark } from "../versions/version-marks";

const tones = { added: "ok", removed: "error", changed: "warn", rewired: "accent" } as const;

/** What happened to a step from one version to the other, in a word. */
export function MarkBadge({ mark }: { readonly mark: VersionMark }) {
  const t = useTranslations("editor.versions");
  return (
    <Badge tone={tones[mark]} data-testid="version-mark">
      {t(`mark.${mark}`)}
    </Badge>
  );
}
