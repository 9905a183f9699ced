"use client";

import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { type FormFieldFacts, type FormTexts, fieldsOf } from "./form-values";

interface TaskFormProps {
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly texts: FormTexts;
  readonly disabled: boolean;
  readonly onTexts: (texts: FormTexts) => void;
}

/** The form that a step asks for, field by field. */
export function TaskForm({ schema, texts, disabled, onTexts }: TaskFormProps) {
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      {fieldsOf(schema).map((field) => (
        <Field
          key={field.name}
          field={field}
          value={texts[field.name] ?? ""}
          disabled={disabled}
          onValue={(value) => onTexts({ ...texts, [field.name]: value })}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: FormFieldFacts;
  readonly value: string | boolean;
  readonly disabled: boolean;
  readonly onValue: (value: string | boolean) => void;
}

function Field({ field, value, disabled, onValue }: FieldProps) {
  const t = useTranslations("inbox");
  const { name, title, help, kind, required, options } = field;
  const label = required ? `${title} *` : title;
  const typed = typeof value === "string" ? value : "";
  return (
    <FormField label={label} {...(help === "" ? {} : { help })}>
      {(control) => {
        switch (kind) {
          case "switch":
            return <Switch {...control} checked={value === true} disabled={disabled} onCheckedChange={onValue} />;
          case "choice":
            return (
              <Select
                {...control}
                value={typed}
                disabled={disabled}
                placeholder={t("chooseOne")}
                onValueChange={onValue}
              >
                {options.map((option) => (
                  <SelectItem key={option} value={option}>
                    {option}
                  </SelectItem>
                ))}
              </Select>
            );
          case "long-text":
          case "json":
            return (
              <Textarea
                {...control}
                name={name}
                value={typed}
                disabled={disabled}
                className={kind === "json" ? "font-mono text-xs" : undefined}
                onChange={(event) => onValue(event.target.value)}
              />
            );
          case "number":
          case "text":
            return (
              <Input
                {...control}
                name={name}
                value={typed}
                disabled={disabled}
                {...(kind === "number" && { inputMode: "decimal" as const })}
                onChange={(event) => onValue(event.target.value)}
              />
            );
          default:
            return kind satisfies never;
        }
      }}
    </FormField>
  );
}
