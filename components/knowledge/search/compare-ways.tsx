"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { type SearchHit, type SearchReply, type SearchWay, searchWays } from "../types";
import { HitPlace } from "./hit-place";
import { MarkedPassage } from "./marked-passage";
import { Timings } from "./timings";

export interface CompareWaysProps {
  readonly replies: Readonly<Record<SearchWay, SearchReply | undefined>>;
}

/** The three ways side by side. Pointing at a passage shows where the others have it. */
export function CompareWays({ replies }: CompareWaysProps) {
  const t = useTranslations("knowledge.search");
  const [pointed, setPointed] = useState<string | null>(null);
  return (
    <div className="grid min-h-0 flex-1 grid-cols-3 divide-x divide-line overflow-y-auto">
      {searchWays.map((way) => {
        const reply = replies[way];
        return (
          <section key={way} aria-label={t(`ways.${way}`)} className="min-w-0">
            <header className="sticky top-0 z-10 flex h-9 items-center justify-between gap-2 border-line border-b bg-surface px-4">
              <h2 className="font-medium">{t(`ways.${way}`)}</h2>
              {reply ? <Timings timings={reply.timings} /> : null}
            </header>
            {reply?.hits.length === 0 ? <p className="px-4 py-6 text-muted">{t("nothingByWay")}</p> : null}
            <ol>
              {reply?.hits.map((hit, index) => {
                const { id } = hit.source;
                return (
                  <li
                    key={id}
                    onMouseEnter={() => setPointed(id)}
                    onMouseLeave={() => setPointed(null)}
                    className={cn(
                      "grid grid-cols-[18px_minmax(0,1fr)] gap-2.5 border-line border-b px-4 py-3 transition-colors",
                      pointed === id && "bg-accent-soft",
                    )}
                  >
                    <span className="tabular text-right text-faint">{index + 1}</span>
                    <div className="flex min-w-0 flex-col gap-1">
                      <HitPlace source={hit.source} />
                      <MarkedPassage text={hit.source.text} words={hit.matchedWords} lines={3} />
                      <Elsewhere hit={hit} way={way} replies={replies} />
                    </div>
                  </li>
                );
              })}
            </ol>
          </section>
        );
      })}
    </div>
  );
}

/** Where the other ways have the same passage. */
function Elsewhere({ hit, way, replies }: { readonly hit: SearchHit; readonly way: SearchWay } & CompareWaysProps) {
  const t = useTranslations("knowledge.search");
  return (
    <p className="tabular text-faint text-xs">
      {searchWays
        .filter((other) => other !== way)
        .map((other) => {
          const rank = rankBy(other, hit, replies);
          return `${t(`ways.${other}`)} ${rank === null ? "–" : t("rank", { rank })}`;
        })
        .join(" · ")}
    </p>
  );
}

/** A joined search knows the places of the other two far beyond what they show. */
const rankBy = (way: SearchWay, hit: SearchHit, replies: CompareWaysProps["replies"]): number | null => {
  const at = replies[way]?.hits.findIndex(({ source }) => source.id === hit.source.id) ?? -1;
  if (at >= 0) return at + 1;
  const joined = replies.fused?.hits.find(({ source }) => source.id === hit.source.id);
  return (way === "vector" ? joined?.vectorRank : way === "text" ? joined?.textRank : null) ?? null;
};
