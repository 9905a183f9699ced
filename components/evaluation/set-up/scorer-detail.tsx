import { useTranslations } from "next-intl";
import { describeConfig } from "@/components/editor/inspector/describe-config";
import { configIssues } from "@/components/editor/inspector/field-issue";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { AnyScorer } from "@/runtime/eval/contract/scorer";
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

/** The settings of a scorer: what it looks at, what it compares with, and its own. */
export function ScorerDetail({
  onChange,
  ...props
}: ScorerDetailProps & { readonly onChange: (changes: Partial<ScorerForm>) => void }) {
  const t = useTranslations("experiments.setUp");
  const { scorer, outputs, expected } = props;
  const { fields, issues, choosesOutput, choosesExpected } = settableOf(props);
  return (
    <>
      {choosesOutput ? (
        <Choice
          label={t("scoredOutput")}
          names={outputs}
          value={scorer.output}
          onChange={(output) => onChange({ output })}
        />
      ) : null}
      {choosesExpected ? (
        <Choice
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

interface ChoiceProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string | null;
  readonly onChange: (name: string) => void;
}

function Choice({ label, names, value, onChange }: ChoiceProps) {
  return (
    <FormField label={label}>
      {(control) => (
        <Select {...control} value={value ?? ""} onValueChange={onChange}>
          {names.map((name) => (
            <SelectItem key={name} value={name}>
              {name}
            </SelectItem>
          ))}
        </Select>
      )}
    </FormField>
  );
}
