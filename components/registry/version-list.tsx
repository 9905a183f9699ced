"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import { Nothing } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select, SelectItem } from "@/components/ui/select";
import { Estimate } from "./estimate";
import { type Stage, StageBadge, stages } from "./stage-badge";

type Version = RouterOutputs["tunedModel"]["get"]["versions"][number];

interface VersionListProps {
  readonly versions: readonly Version[];
  readonly shownId: string;
  readonly onShow: (id: string) => void;
  readonly onStage: (id: string, stage: Stage) => void;
}

/** Versions, newest first; one of them is shown below. Its stage is changed here: rolling back is choosing "production" for an older one. */
export function VersionList({ versions, shownId, onShow, onStage }: VersionListProps) {
  const t = useTranslations("registry");
  return (
    <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
      {versions.map((version) => (
        <li
          key={version.id}
          className={cn("flex items-center gap-4 px-3 py-1.5 text-sm", version.id === shownId && "bg-hover")}
        >
          <button
            type="button"
            aria-pressed={version.id === shownId}
            onClick={() => onShow(version.id)}
            className="flex min-w-0 flex-1 items-center gap-4 rounded-sm text-left"
          >
            <span className="w-20 shrink-0 font-medium">{t("version", { number: version.number })}</span>
            <span className="w-20 shrink-0">
              <StageBadge stage={version.stage} />
            </span>
            <span className="w-40 shrink-0">
              {version.accuracy ? <Estimate estimate={version.accuracy} /> : <Nothing />}
            </span>
            <span className="min-w-0 flex-1 truncate text-muted" title={version.base}>
              {version.servedAs ?? version.base}
            </span>
            <span className="w-28 shrink-0 text-muted">
              <RelativeTime date={version.createdAt} />
            </span>
          </button>
          <Select
            aria-label={t("setStage.label", { number: version.number })}
            className="w-32"
            value={version.stage}
            onValueChange={(stage) => onStage(version.id, stage as Stage)}
          >
            {stages.map((stage) => (
              <SelectItem key={stage} value={stage}>
                {t(`stage.${stage}`)}
              </SelectItem>
            ))}
          </Select>
        </li>
      ))}
    </ul>
  );
}
