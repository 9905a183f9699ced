"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CodeEditor } from "@/components/monaco/code-editor";
import { cn } from "@/components/ui/cn";
import { fieldStyle } from "@/components/ui/field-style";
import { FormField } from "@/components/ui/form-field";
import { schemaField } from "@/nodes/lib/json-schema-check";
import type { ContentPartProps } from "./content-part";

/** The JSON Schema of the reply as text; only one that holds is taken over, and what is wrong stands below it. */
export function SchemaText({ content, onChange }: ContentPartProps) {
  const t = useTranslations("prompts");
  const [text, setText] = useState(content.schema === null ? "" : JSON.stringify(content.schema, null, 2));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const change = (next: string) => {
    setText(next);
    if (next.trim() === "") {
      setProblem(undefined);
      onChange({ schema: null });
      return;
    }
    try {
      const read = schemaField.safeParse(JSON.parse(next));
      setProblem(read.success ? undefined : (read.error.issues[0]?.message ?? t("schemaInvalid")));
      if (read.success) onChange({ schema: read.data });
    } catch {
      setProblem(t("schemaNotJson"));
    }
  };
  return (
    <FormField label={t("field.schema")} help={t("schemaHelp")} error={problem}>
      {() => (
        <div className={cn(fieldStyle, "pr-1", problem !== undefined && "border-error")}>
          <CodeEditor
            language="json"
            label={t("field.schema")}
            value={text}
            onChange={change}
            height={{ min: 52, max: 260 }}
            invalid={problem !== undefined}
          />
        </div>
      )}
    </FormField>
  );
}
