"use client";

import { useTranslations } from "next-intl";
import { ConversationThread } from "@/components/run/conversation-thread";
import { inputFieldsOf } from "@/components/run/run-inputs";
import { RunPartNote } from "@/components/run/run-part-note";
import { RunResult } from "@/components/run/run-result";
import type { RunView } from "@/components/run/run-store";
import { TriedVariants } from "@/components/run/tried-variants";
import { ValueView } from "@/components/run/value-view";
import type { StepLook } from "@/components/trace/trace-waterfall";
import { Button } from "@/components/ui/button";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";

interface RunOverviewProps {
  readonly run: RunView;
  readonly document: GraphDocument;
  readonly lookOf: (node: string) => StepLook;
  readonly onStep: (node: string) => void;
}

/** What the run as a whole gave back and was given. */
export function RunOverview({ run, document, lookOf, onStep }: RunOverviewProps) {
  const t = useTranslations("runs");
  const { error, inputs } = run.state;
  const at = error?.node;
  const titles = new Map(inputFieldsOf(document, catalog).map((field) => [field.name, field.title]));
  const given = Object.entries(inputs ?? {});
  return (
    <div className="flex flex-col gap-6 p-4">
      <section className="flex flex-col gap-2">
        <h2 className="font-medium text-fg">{t("result")}</h2>
        <TriedVariants variants={run.state.variants} lookOf={lookOf} />
        <RunPartNote part={run.state.part} lookOf={lookOf} />
        <ConversationThread run={run} />
        <RunResult
          run={run}
          document={document}
          catalog={catalog}
          mend={
            at === undefined ? null : (
              <Button size="sm" onClick={() => onStep(at)}>
                {t("showStep", { title: lookOf(at).title })}
              </Button>
            )
          }
        />
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="font-medium text-fg">{t("inputs")}</h2>
        {given.length === 0 ? <p className="text-muted">{t("noInputs")}</p> : null}
        {given.map(([name, value]) => (
          <ValueView key={name} name={titles.get(name) || name} value={value} />
        ))}
      </section>
    </div>
  );
}
