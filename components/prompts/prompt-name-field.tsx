import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { promptLimits } from "@/nodes/lib/prompt/prompt-content";

interface PromptNameFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What a new prompt is called. A `/` in the name makes folders. */
export function PromptNameField({ value, onChange }: PromptNameFieldProps) {
  const t = useTranslations("prompts");
  return (
    <FormField label={t("name")} help={t("nameHelp")}>
      {(control) => (
        <Input
          {...control}
          autoFocus
          required
          autoComplete="off"
          maxLength={promptLimits.nameLength}
          placeholder={t("namePlaceholder")}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormField>
  );
}
