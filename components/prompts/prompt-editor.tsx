"use client";

import { useTranslations } from "next-intl";
import { CodeEditor } from "@/components/monaco/code-editor";
import { cn } from "@/components/ui/cn";
import { fieldStyle } from "@/components/ui/field-style";
import { FormField } from "@/components/ui/form-field";
import type { PromptContent, PromptKind } from "@/nodes/lib/prompt/prompt-content";
import { ExampleTable } from "./example-table";
import type { VersionView } from "./prompt-workbench";
import { SchemaText } from "./schema-text";
import { SettingsFields } from "./settings-fields";
import { VariableTable } from "./variable-table";

interface PromptEditorProps {
  readonly kind: PromptKind;
  readonly version: VersionView;
  readonly content: PromptContent;
  readonly onChange: (content: PromptContent) => void;
}

/** The words of a prompt, its variables, examples, the schema of the reply and the settings it was written for. */
export function PromptEditor({ kind, version, content, onChange }: PromptEditorProps) {
  const t = useTranslations("prompts");
  const set = (change: Partial<PromptContent>) => onChange({ ...content, ...change });
  const variables = content.variables.map(({ name, type }) => ({ name, detail: t(`variableType.${type}`) }));
  const texts = kind === "chat" ? (["system", "user"] as const) : (["user"] as const);
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      {texts.map((field) => (
        <FormField
          key={field}
          label={field === "system" ? t("field.system") : t(`text.${kind}`)}
          help={field === "user" ? t("textHelp", { braces: "{{name}}" }) : undefined}
        >
          {() => (
            <div
              className={cn(fieldStyle, "pr-1 has-focus:border-ring has-focus:outline-2 has-focus:outline-ring/40")}
              data-prompt-field={field}
            >
              <CodeEditor
                language="pipewright-template"
                label={field === "system" ? t("field.system") : t(`text.${kind}`)}
                value={content[field]}
                onChange={(text) => set({ [field]: text })}
                height={{ min: field === "system" ? 72 : 120, max: 420 }}
                variables={variables}
              />
            </div>
          )}
        </FormField>
      ))}
      {version.problem === null ? null : (
        <p role="alert" className="text-error text-sm">
          {version.problem}
        </p>
      )}
      {version.composed !== null && version.composed.includes.length > 0 ? (
        <p className="text-muted text-xs">
          {t("includes", {
            prompts: version.composed.includes.map(({ slug, number }) => `${slug}@${number}`).join(", "),
          })}
        </p>
      ) : null}
      <VariableTable content={content} onChange={set} />
      {kind === "chat" ? <ExampleTable content={content} onChange={set} /> : null}
      {kind === "text" ? null : (
        <>
          <SchemaText content={content} onChange={set} />
          <SettingsFields content={content} onChange={set} />
        </>
      )}
    </div>
  );
}
