import { CircleHelp } from "lucide-react";
import { type ComponentType, useEffect, useRef } from "react";
import { FormField } from "@/components/ui/form-field";
import { Tooltip } from "@/components/ui/tooltip";
import type { FieldControl } from "@/runtime/node/field";
import { useInterfaceLocale, useView, useWorkbench } from "../workbench";
import type { FieldIssue } from "./field-issue";
import { AgentToolsField } from "./fields/agent-tools-field";
import { ChoicesField } from "./fields/choices-field";
import { CodeField } from "./fields/code-field";
import { CredentialField } from "./fields/credential-field";
import { FewShotField } from "./fields/few-shot-field";
import type { FieldProps, NestedFieldProps } from "./fields/field-props";
import { InputFieldsField } from "./fields/input-fields-field";
import { JsonField } from "./fields/json-field";
import { JsonSchemaField } from "./fields/json-schema-field";
import { KnowledgeBaseField } from "./fields/knowledge-base-field";
import { LabelsField } from "./fields/labels-field";
import { McpToolField } from "./fields/mcp-tool-field";
import { modelFields } from "./fields/model-field";
import { ModelListField } from "./fields/model-list-field";
import { MultilineField } from "./fields/multiline-field";
import { NumberField } from "./fields/number-field";
import { OutputFieldsField } from "./fields/output-fields-field";
import { PromptField } from "./fields/prompt-field";
import { QuestionPairsField } from "./fields/question-pairs-field";
import { RequestUrlField } from "./fields/request-url-field";
import { RowsField } from "./fields/rows-field";
import { SelectField } from "./fields/select-field";
import { SliderField } from "./fields/slider-field";
import { StringListField } from "./fields/string-list-field";
import { SubPipelineField } from "./fields/sub-pipeline-field";
import { SwitchCasesField } from "./fields/switch-cases-field";
import { SwitchField } from "./fields/switch-field";
import { TemplateField } from "./fields/template-field";
import { TextField } from "./fields/text-field";
import { ToolPipelineField } from "./fields/tool-pipeline-field";
import { TunedChatModelField, TunedClassifierField } from "./fields/tuned-model-field";
import { WordListField } from "./fields/word-list-field";
import { useIssueText } from "./use-issue-text";

const controls: Readonly<Record<FieldControl, ComponentType<FieldProps>>> = {
  text: TextField,
  multiline: MultilineField,
  number: NumberField,
  slider: SliderField,
  switch: SwitchField,
  select: SelectField,
  ...modelFields,
  template: TemplateField,
  "request-url": RequestUrlField,
  "agent-tools": AgentToolsField,
  code: CodeField,
  credential: CredentialField,
  "mcp-tool": McpToolField,
  json: JsonField,
  "json-schema": JsonSchemaField,
  "string-list": StringListField,
  rows: RowsField,
  "input-fields": InputFieldsField,
  "output-fields": OutputFieldsField,
  labels: LabelsField,
  "few-shot": FewShotField,
  "model-list": ModelListField,
  choices: ChoicesField,
  "word-list": WordListField,
  "switch-cases": SwitchCasesField,
  "knowledge-base": KnowledgeBaseField,
  "tuned-classifier": TunedClassifierField,
  "tuned-chat-model": TunedChatModelField,
  "sub-pipeline": SubPipelineField,
  prompt: PromptField,
  "tool-pipeline": ToolPipelineField,
  "question-pairs": QuestionPairsField,
};

/** Controls that say what is wrong beside the entry at fault. */
const sayThemselves: ReadonlySet<FieldControl> = new Set([
  "rows",
  "switch-cases",
  "agent-tools",
  "labels",
  "few-shot",
  "input-fields",
  "output-fields",
  "string-list",
  "question-pairs",
]);

/** Label, control, help and error of one setting. */
export function ConfigField({ nested = false, ...props }: NestedFieldProps) {
  const { field, issues, node } = props;
  const locale = useInterfaceLocale();
  const { view } = useWorkbench();
  const issueText = useIssueText();
  const wanted = useView(({ focusedField }) => focusedField?.node === node.id && focusedField.field === field.name);
  const host = useRef<HTMLDivElement>(null);
  const Control = controls[field.control];
  const label = field.title[locale];
  const own = sayThemselves.has(field.control) ? issues.filter(({ path }) => path.length === 0) : issues;

  useEffect(() => {
    if (!wanted || nested) return;
    host.current?.scrollIntoView({ block: "center" });
    host.current?.querySelector<HTMLElement>("input, textarea, button, [role=textbox]")?.focus();
    view.setState({ focusedField: null });
  }, [wanted, nested, view]);

  const name = (
    <span className="inline-flex items-center gap-1">
      {label}
      {field.help ? <Help text={field.help[locale]} /> : null}
    </span>
  );
  const error = errorOf(own, issueText);
  if (field.control === "switch")
    return (
      <div ref={host}>
        <FormField label="" error={error} className="[&>div:first-child]:hidden">
          {(control) => (
            <div className="flex min-h-6 items-center justify-between gap-2 text-sm">
              <label htmlFor={control.id} className="font-medium">
                {name}
              </label>
              <Control {...props} control={control} label={label} Nested={ConfigField} />
            </div>
          )}
        </FormField>
      </div>
    );
  return (
    <div ref={host} className="min-w-0">
      <FormField label={name} error={error}>
        {(control) => <Control {...props} control={control} label={label} Nested={ConfigField} />}
      </FormField>
    </div>
  );
}

/** Help waits behind a question mark, so that a form stays short. */
function Help({ text }: { readonly text: string }) {
  return (
    <Tooltip content={text} side="left">
      <button
        type="button"
        aria-label={text}
        className="rounded-full text-faint hover:text-fg"
        onClick={(event) => event.preventDefault()}
      >
        <CircleHelp className="size-3" />
      </button>
    </Tooltip>
  );
}

const errorOf = (issues: readonly FieldIssue[], text: (issue: FieldIssue) => string): string | undefined => {
  const sentences = [...new Set(issues.slice(0, 3).map(text))];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
};
