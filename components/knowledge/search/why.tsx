"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import type { SearchHit, SearchWay } from "../types";

export interface WhyProps {
  readonly hit: SearchHit;
  readonly way: SearchWay;
  /** Largest of each score in this search: the bars compare within it. */
  readonly most: { readonly fused: number; readonly rerank: number };
}

/** Why a passage stands where it does: its place and score by each way, what they make together, and what the rerank model says. */
export function Why({ hit, way, most }: WhyProps) {
  const t = useTranslations("knowledge.search");
  const { vectorRank, vectorScore, textRank, textScore, fusedScore, rerankScore } = hit;
  return (
    <dl className="grid content-start self-start grid-cols-[auto_30px_1fr_36px] items-center gap-x-2 gap-y-1 text-xs">
      {way === "text" ? null : (
        <Line
          name={t("ways.vector")}
          help={t("vectorHelp")}
          rank={vectorRank}
          score={vectorScore}
          share={vectorScore ?? 0}
          colour="var(--category-retrieval)"
        />
      )}
      {way === "vector" ? null : (
        <Line
          name={t("ways.text")}
          help={t("textHelp")}
          rank={textRank}
          score={textScore}
          share={textScore ?? 0}
          colour="var(--category-speech)"
        />
      )}
      {way === "fused" ? (
        <Line
          name={t("ways.fused")}
          help={t("fusedHelp")}
          score={fusedScore}
          share={most.fused > 0 ? fusedScore / most.fused : 0}
          colour="var(--accent)"
          strong={rerankScore === null}
        />
      ) : null}
      {rerankScore === null ? null : (
        <Line
          name={t("rerank")}
          help={t("rerankHelp")}
          score={rerankScore}
          share={most.rerank > 0 ? rerankScore / most.rerank : 0}
          colour="var(--category-fine-tuned)"
          strong
        />
      )}
    </dl>
  );
}

interface LineProps {
  readonly name: string;
  readonly help: string;
  /** Left out where a way has no place of its own; null where it did not find the passage. */
  readonly rank?: number | null;
  readonly score: number | null;
  /** 0..1 */
  readonly share: number;
  readonly colour: string;
  readonly strong?: boolean;
}

function Line({ name, help, rank, score, share, colour, strong = false }: LineProps) {
  const t = useTranslations("knowledge.search");
  const missing = score === null;
  return (
    <>
      <Tooltip content={help} side="left">
        <dt className={cn("cursor-help truncate", strong ? "font-medium text-fg" : "text-muted")}>{name}</dt>
      </Tooltip>
      <dd className="tabular text-right text-faint">
        {rank === undefined ? "" : rank === null ? "–" : t("rank", { rank })}
      </dd>
      <dd className="h-1.5 overflow-hidden rounded-full bg-active" aria-hidden="true">
        <div
          className="h-full rounded-full"
          style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: colour }}
        />
      </dd>
      <dd className={cn("tabular text-right", missing ? "text-faint" : strong ? "font-medium text-fg" : "text-muted")}>
        {missing ? <span title={t("notFoundByWay")}>{"–"}</span> : score.toFixed(2)}
      </dd>
    </>
  );
}
