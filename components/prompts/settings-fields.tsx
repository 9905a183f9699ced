"use client";

import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { type PromptContent, promptSettings } from "@/nodes/lib/prompt/prompt-content";
import type { ContentPartProps } from "./content-part";

type Settings = PromptContent["settings"];
const fields = [
  { name: "model", type: "text" },
  { name: "temperature", type: "number", step: 0.1, min: 0, max: 2 },
  { name: "maxTokens", type: "number", step: 1, min: 1, max: 131_072 },
  { name: "topP", type: "number", step: 0.05, min: 0, max: 1 },
] as const;

/** The model's settings that the prompt was written for; what is left empty stays the step's own. */
export function SettingsFields({ content, onChange }: ContentPartProps) {
  const t = useTranslations("prompts");
  const { settings } = content;
  const set = (name: keyof Settings, text: string, isNumber: boolean) => {
    const { [name]: _, ...rest } = settings;
    const value = isNumber ? Number(text) : text;
    const next = text.trim() === "" ? rest : { ...rest, [name]: value };
    if (promptSettings.safeParse(next).success) onChange({ settings: next });
  };
  return (
    <section className="flex flex-col gap-1.5">
      <h2 className="font-medium text-sm">{t("field.settings")}</h2>
      <p className="text-muted text-xs">{t("settingsHelp")}</p>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {fields.map(({ name, type, ...bounds }) => (
          <FormField key={name} label={t(`setting.${name}`)}>
            {(control) => (
              <Input
                {...control}
                {...bounds}
                type={type}
                autoComplete="off"
                placeholder={t("settingOwn")}
                defaultValue={settings[name] ?? ""}
                onChange={(event) => set(name, event.target.value, type === "number")}
              />
            )}
          </FormField>
        ))}
      </div>
    </section>
  );
}
