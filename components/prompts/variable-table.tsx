"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import {
  type PromptVariable,
  promptLimits,
  unusedVariables,
  variableTypes,
  withVariables,
} from "@/nodes/lib/prompt/prompt-content";
import type { ContentPartProps } from "./content-part";

/** A row for each variable that the texts use: what it is, and what one looks like. */
export function VariableTable({ content, onChange }: ContentPartProps) {
  const t = useTranslations("prompts");
  const { variables } = withVariables(content);
  const unused = new Set(unusedVariables(content));
  const set = (index: number, change: Partial<PromptVariable>) =>
    onChange({ variables: variables.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  return (
    <section className="flex flex-col gap-1.5" data-prompt-field="variables">
      <h2 className="font-medium text-sm">{t("field.variables")}</h2>
      {variables.length === 0 ? (
        <p className="text-muted text-xs">{t("noVariables", { braces: "{{name}}" })}</p>
      ) : (
        <div className="overflow-x-auto rounded-lg border border-line">
          <table className="w-full min-w-[560px] text-sm">
            <thead>
              <tr className="border-line border-b text-left text-muted text-xs [&>th]:px-2 [&>th]:py-1.5 [&>th]:font-normal">
                <th scope="col">{t("variable.name")}</th>
                <th scope="col">{t("variable.type")}</th>
                <th scope="col">{t("variable.description")}</th>
                <th scope="col">{t("variable.example")}</th>
                <th scope="col" className="w-8">
                  <span className="sr-only">{t("moreActions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {variables.map((variable, index) => (
                <tr key={variable.name} className="border-line border-b last:border-b-0 [&>td]:px-2 [&>td]:py-1">
                  <td className="max-w-40">
                    <span className="block truncate font-mono text-xs" title={variable.name}>
                      {variable.name}
                    </span>
                    {unused.has(variable.name) ? (
                      <span className="text-warn text-xs">{t("variable.unused")}</span>
                    ) : null}
                  </td>
                  <td className="w-28">
                    <Select
                      aria-label={t("variable.typeOf", { name: variable.name })}
                      value={variable.type}
                      onValueChange={(type) =>
                        set(index, { type: variableTypes.find((each) => each === type) ?? "text" })
                      }
                    >
                      {variableTypes.map((type) => (
                        <SelectItem key={type} value={type}>
                          {t(`variableType.${type}`)}
                        </SelectItem>
                      ))}
                    </Select>
                  </td>
                  <td>
                    <Input
                      aria-label={t("variable.descriptionOf", { name: variable.name })}
                      maxLength={promptLimits.descriptionLength}
                      value={variable.description}
                      onChange={(event) => set(index, { description: event.target.value })}
                    />
                  </td>
                  <td>
                    <Input
                      aria-label={t("variable.exampleOf", { name: variable.name })}
                      maxLength={promptLimits.exampleLength}
                      value={variable.example}
                      onChange={(event) => set(index, { example: event.target.value })}
                    />
                  </td>
                  <td>
                    {unused.has(variable.name) ? (
                      <IconButton
                        size="sm"
                        label={t("variable.remove", { name: variable.name })}
                        onClick={() => onChange({ variables: variables.filter((_, at) => at !== index) })}
                      >
                        <X />
                      </IconButton>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
