import { useTranslations } from "next-intl";
import { configIssues } from "@/components/editor/inspector/field-issue";
import type { AnyScorer } from "@/runtime/eval/contract/scorer";
import { describeConfig } from "@/runtime/node/describe-config";
import { NameField } from "../name-field";
import { ScorerSettings } from "./scorer-settings";
import type { ScorerForm } from "./set-up-form";

interface ScorerDetailProps {
  readonly scorer: ScorerForm;
  readonly definition: AnyScorer;
  /** Names of the pipeline's outputs, and of the dataset's expected columns. */
  readonly outputs: readonly string[];
  readonly expected: readonly string[];
}

/** What of a scorer can be set, and what of it must be. */
export const settableOf = ({ scorer, definition, outputs, expected }: ScorerDetailProps) => {
  const fields = describeConfig(definition.config);
  const choosesOutput = definition.needs.output && outputs.length > 1;
  const choosesExpected = definition.needs.expected && expected.length > 1;
  return {
    fields,
    issues: configIssues(definition.config, scorer.config),
    choosesOutput,
    choosesExpected,
    anything: fields.length > 0 || choosesOutput || choosesExpected,
  };
};

interface ShownDetailProps extends ScorerDetailProps {
  readonly settable: ReturnType<typeof settableOf>;
  readonly onChange: (changes: Partial<ScorerForm>) => void;
}

/** The settings of a scorer: what it looks at, what it compares with, and its own. */
export function ScorerDetail({ scorer, outputs, expected, settable, onChange }: ShownDetailProps) {
  const t = useTranslations("experiments.setUp");
  const { fields, issues, choosesOutput, choosesExpected } = settable;
  return (
    <>
      {choosesOutput ? (
        <NameField
          label={t("scoredOutput")}
          names={outputs}
          value={scorer.output}
          onChange={(output) => onChange({ output })}
        />
      ) : null}
      {choosesExpected ? (
        <NameField
          label={t("comparedWith")}
          names={expected}
          value={scorer.expected}
          onChange={(column) => onChange({ expected: column })}
        />
      ) : null}
      {fields.length > 0 ? (
        <ScorerSettings scorer={scorer} fields={fields} issues={issues} onChange={(config) => onChange({ config })} />
      ) : null}
    </>
  );
}
