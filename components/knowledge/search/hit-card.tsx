"use client";

import { BookOpen, ListPlus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { documentAddress } from "../addresses";
import type { SearchHit, SearchWay } from "../types";
import { HitPlace } from "./hit-place";
import { MarkedPassage } from "./marked-passage";
import { Why } from "./why";

export interface HitCardProps {
  readonly hit: SearchHit;
  /** From 1. */
  readonly place: number;
  readonly way: SearchWay;
  readonly most: { readonly fused: number; readonly rerank: number };
  /** Makes the question and this passage's answer part of the labelled set. */
  readonly onLabel: () => void;
}

export function HitCard({ hit, place, way, most, onLabel }: HitCardProps) {
  const t = useTranslations("knowledge.search");
  const { source, matchedWords } = hit;
  return (
    <li className="group/hit grid grid-cols-[24px_minmax(0,1fr)_232px] gap-4 border-line border-b px-5 py-3.5">
      <span className="tabular pt-px text-right text-faint">{place}</span>
      <div className="flex min-w-0 flex-col gap-1">
        <HitPlace source={source} />
        <MarkedPassage text={source.text} words={matchedWords} lines={5} />
        <div className="mt-1 flex gap-1.5">
          <Button size="sm" asChild>
            <Link href={documentAddress({ ...source, range: source })}>
              <BookOpen />
              {t("open")}
            </Link>
          </Button>
          <Button size="sm" variant="ghost" onClick={onLabel}>
            <ListPlus />
            {t("label")}
          </Button>
        </div>
      </div>
      <Why hit={hit} way={way} most={most} />
    </li>
  );
}
