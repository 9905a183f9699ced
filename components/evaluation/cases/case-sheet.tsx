"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ValueView } from "@/components/run/value-view";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Segmented } from "@/components/ui/segmented";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import type { ExperimentView, RowItem } from "../types";
import { CellPanel } from "./cell-panel";

interface CaseSheetProps {
  readonly experiment: ExperimentView;
  readonly item: RowItem | null;
  /** Places of the variants shown, the baseline first. */
  readonly shown: readonly number[];
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly first: boolean;
  readonly last: boolean;
}

/** One case whole: what went in, what was expected, and the answers side by side. */
export function CaseSheet({ experiment, item, shown, onClose, onStep, first, last }: CaseSheetProps) {
  const t = useTranslations("experiments.cases");
  const [repeat, setRepeat] = useState(0);
  const { spec } = experiment;
  return (
    <Sheet open={item !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      {item === null ? null : (
        <SheetContent
          title={t("case", { number: item.row + 1 })}
          className="max-w-[min(1100px,calc(100vw-32px))]"
          description={
            <span className="flex flex-wrap items-center gap-1">
              {item.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </span>
          }
          footer={
            <>
              {spec.repeats > 1 ? (
                <Segmented
                  label={t("repeat")}
                  className="mr-auto"
                  value={String(repeat)}
                  onValueChange={(value) => setRepeat(Number(value))}
                  options={Array.from({ length: spec.repeats }, (_, index) => ({
                    value: String(index),
                    label: String(index + 1),
                  }))}
                />
              ) : null}
              <IconButton label={t("former")} disabled={first} onClick={() => onStep(-1)}>
                <ChevronUp />
              </IconButton>
              <IconButton label={t("next")} disabled={last} onClick={() => onStep(1)}>
                <ChevronDown />
              </IconButton>
            </>
          }
        >
          <div className="flex flex-col gap-5">
            <div className="grid gap-4 md:grid-cols-2">
              <Values title={t("input")} values={item.inputs} />
              <Values title={t("expected")} values={item.expected} />
            </div>
            <div className="grid gap-4 md:grid-cols-2">
              {shown.map((variant, place) => (
                <CellPanel
                  key={variant}
                  experiment={experiment}
                  row={item.row}
                  variant={variant}
                  repeat={repeat}
                  against={place === 0 ? null : (shown[0] ?? null)}
                />
              ))}
            </div>
          </div>
        </SheetContent>
      )}
    </Sheet>
  );
}

interface ValuesProps {
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function Values({ title, values }: ValuesProps) {
  const t = useTranslations("experiments.cases");
  const entries = Object.entries(values);
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="text-faint text-xs">{title}</h3>
      {entries.length === 0 ? <p className="text-muted text-sm">{t("nothing")}</p> : null}
      {entries.map(([name, value]) => (
        <div key={name} className="min-w-0 text-sm">
          <ValueView name={name} value={value} />
        </div>
      ))}
    </section>
  );
}
