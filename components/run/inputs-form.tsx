"use client";

import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { type InputField, isFileKind } from "@/runtime/node/define-node";
import { FileInput } from "./file-input";
import type { FormValues, InputFault } from "./run-inputs";
import { sayFault } from "./say-fault";

export interface InputsFormProps {
  readonly fields: readonly InputField[];
  readonly values: FormValues;
  readonly faults: Readonly<Record<string, InputFault>>;
  readonly onChange: (name: string, value: string) => void;
  readonly onSubmit: () => void;
}

/** The form that a pipeline's input fields ask for. Ctrl-Enter runs from any of them. */
export function InputsForm({ fields, values, faults, onChange, onSubmit }: InputsFormProps) {
  const t = useTranslations("run");
  const say = (fault: InputFault | undefined) => (fault ? sayFault(t, fault) : undefined);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {fields.map((field) => {
        const value = values[field.name] ?? "";
        const change = (next: string) => onChange(field.name, next);
        return (
          <FormField
            key={field.name}
            label={field.title}
            help={field.help}
            error={say(faults[field.name])}
            aside={field.required ? undefined : t("optional")}
          >
            {(control) => {
              if (field.kind === "choice")
                return (
                  <Select {...control} value={value} onValueChange={change} placeholder={t("choose")}>
                    {(field.options ?? []).map((option) => (
                      <SelectItem key={option} value={option}>
                        {option}
                      </SelectItem>
                    ))}
                  </Select>
                );
              if (field.kind === "number")
                return (
                  <Input
                    {...control}
                    name={field.name}
                    inputMode="decimal"
                    value={value}
                    onChange={(event) => change(event.target.value)}
                  />
                );
              if (isFileKind(field.kind))
                return (
                  <FileInput field={{ ...field, kind: field.kind }} value={value} onChange={change} control={control} />
                );
              return (
                <Textarea
                  {...control}
                  name={field.name}
                  value={value}
                  spellCheck={field.kind !== "json"}
                  className={field.kind === "json" ? "min-h-14 font-mono text-xs" : "min-h-14"}
                  onChange={(event) => change(event.target.value)}
                />
              );
            }}
          </FormField>
        );
      })}
      {/* Lets Enter in a one-line field start the run, as people expect of a form. */}
      <button type="submit" hidden tabIndex={-1} />
    </form>
  );
}
