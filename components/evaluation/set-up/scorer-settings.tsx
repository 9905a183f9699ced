"use client";

import { useState } from "react";
import { createDiagnosticsStore } from "@/components/editor/diagnostics/diagnostics-store";
import { ConfigField } from "@/components/editor/inspector/config-field";
import { type FieldIssue, issuesBelow } from "@/components/editor/inspector/field-issue";
import { createEditorStore } from "@/components/editor/store/editor-store";
import { createViewStore } from "@/components/editor/store/view-store";
import { type Workbench, WorkbenchProvider } from "@/components/editor/workbench";
import { createRunStore } from "@/components/run/run-store";
import { catalog } from "@/nodes/index";
import { emptyDocument, type GraphNode } from "@/runtime/graph/document";
import { type FieldDescription, isShown } from "@/runtime/node/describe-config";
import { useReportLocale } from "../use-report-locale";
import type { ScorerForm } from "./set-up-form";

interface ScorerSettingsProps {
  readonly scorer: ScorerForm;
  readonly fields: readonly FieldDescription[];
  readonly issues: readonly FieldIssue[];
  readonly onChange: (config: ScorerForm["config"]) => void;
}

/** The form that follows from the scorer's schema, with the controls of the inspector. They are made for steps, so the scorer stands in for one. */
export function ScorerSettings({ scorer, fields, issues, onChange }: ScorerSettingsProps) {
  const locale = useReportLocale();
  const [workbench] = useState<Workbench>(() => ({
    editor: createEditorStore({ document: emptyDocument, catalog, locale, now: () => Date.now() }),
    view: createViewStore(),
    run: createRunStore(),
    diagnostics: createDiagnosticsStore(),
  }));
  const node: GraphNode = { id: scorer.id, type: scorer.type, typeVersion: 1, config: scorer.config, disabled: false };
  return (
    <WorkbenchProvider value={workbench}>
      {fields
        .filter((field) => isShown(field, fields, scorer.config))
        .map((field) => (
          <ConfigField
            key={field.name}
            field={field}
            value={scorer.config[field.name]}
            issues={issuesBelow(issues, field.name)}
            node={node}
            disabled={false}
            onChange={(value) => {
              const { [field.name]: _, ...rest } = scorer.config;
              onChange(value === undefined ? rest : { ...rest, [field.name]: value });
            }}
          />
        ))}
    </WorkbenchProvider>
  );
}
