"use client";

import { useTranslations } from "next-intl";
import type { RouterInputs } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { TrainingSet } from "./wizard-types";

type Finding = TrainingSet["findings"][number];
type Cleaning = RouterInputs["trainingSet"]["clean"]["cleaning"];

const glyphs = { error: "error", warning: "warn", note: "skipped" } as const;
/** What mends which finding. */
const cleanings: Partial<Record<Finding["kind"], Cleaning>> = {
  duplicates: "drop-duplicates",
  "near-duplicates": "drop-near-duplicates",
  contradictions: "drop-contradictions",
  leakage: "drop-leakage",
  "label-with-one-example": "drop-single-labels",
};

interface FindingRowProps {
  readonly finding: Finding;
  readonly busy: boolean;
  readonly onClean: (cleaning: Cleaning) => void;
}

/** One finding: how bad, how often, some examples, and the button that mends it. */
export function FindingRow({ finding, busy, onClean }: FindingRowProps) {
  const t = useTranslations("registry");
  const cleaning = cleanings[finding.kind];
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5">
      <div className="flex items-center gap-2 text-sm">
        <StatusGlyph status={glyphs[finding.severity]} label={t(`severity.${finding.severity}`)} />
        <span className="min-w-0 flex-1 font-medium">{t(`finding.${finding.kind}`, { count: finding.count })}</span>
        {cleaning ? (
          <Button size="sm" busy={busy} onClick={() => onClean(cleaning)}>
            {t(`clean.${cleaning}`)}
          </Button>
        ) : null}
      </div>
      {finding.examples.length > 0 ? (
        <ul className="flex flex-col gap-0.5 pl-6 text-muted text-xs">
          {finding.examples.map(({ text, detail }) => (
            <li key={text} className="flex gap-3">
              <span className="min-w-0 flex-1 truncate" title={text}>
                {text}
              </span>
              <span className="max-w-60 shrink-0 truncate text-faint" title={detail}>
                {detail}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
