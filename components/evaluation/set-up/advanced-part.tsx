"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { covariateNames } from "@/runtime/eval/contract/experiment-spec";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { CountInput } from "./count-input";
import { type PartProps, problemAt } from "./set-up-types";

const covariateChoices = ["none", "earlier", "length", "earlier+length"] as const;
const confidences = [0.1, 0.05, 0.01] as const;
const most = { budget: 1_000_000, seed: 2 ** 31 - 1 } as const;

/** What most people leave as it is. */
export function AdvancedPart({ form, change, problems }: PartProps) {
  const t = useTranslations("experiments.setUp");
  const [opened, setOpened] = useState(false);
  const names = ["repeats", "concurrency", "budgetMicroUsd", "alpha", "seed", "dropLosers"] as const;
  const open = opened || names.some((name) => problemAt(problems, name) !== undefined);
  const count = (name: "repeats" | "concurrency" | "seed", least: number, largest: number) => (
    <FormField label={t(name)} help={t(`${name}Help`)} error={problemAt(problems, name)}>
      {(control) => (
        <CountInput
          {...control}
          value={form[name]}
          least={least}
          most={largest}
          onChange={(value) => (value === null ? undefined : change({ [name]: Math.round(value) }))}
        />
      )}
    </FormField>
  );
  return (
    <section className="flex flex-col gap-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpened(!open)}
        className="flex w-fit items-center gap-1 rounded-sm font-medium text-base hover:text-fg"
      >
        <ChevronRight className={cn("-ml-1 size-4 text-faint transition-transform", open && "rotate-90")} />
        {t("advanced")}
      </button>
      {open ? (
        <div className="grid gap-3 sm:grid-cols-2">
          {count("repeats", 1, evalLimits.repeats)}
          {count("concurrency", 1, evalLimits.concurrency)}
          <FormField label={t("budget")} help={t("budgetHelp")} error={problemAt(problems, "budgetMicroUsd")}>
            {(control) => (
              <CountInput
                {...control}
                value={form.budgetMicroUsd === null ? null : form.budgetMicroUsd / 1e6}
                least={0}
                most={most.budget}
                placeholder={t("noBudget")}
                onChange={(dollars) => change({ budgetMicroUsd: dollars === null ? null : Math.round(dollars * 1e6) })}
              />
            )}
          </FormField>
          <FormField label={t("confidence")} help={t("confidenceHelp")} error={problemAt(problems, "alpha")}>
            {(control) => (
              <Select
                {...control}
                value={String(form.alpha)}
                onValueChange={(alpha) => change({ alpha: Number(alpha) })}
              >
                {confidences.map((alpha) => (
                  <SelectItem key={alpha} value={String(alpha)}>
                    {`${Math.round((1 - alpha) * 100)} %`}
                  </SelectItem>
                ))}
              </Select>
            )}
          </FormField>
          {form.variants.length > 1 ? (
            <FormField label={t("covariates")} help={t("covariatesHelp")}>
              {(control) => (
                <Select
                  {...control}
                  value={form.covariates.join("+") || "none"}
                  onValueChange={(chosen) =>
                    change({ covariates: covariateNames.filter((name) => chosen.split("+").includes(name)) })
                  }
                >
                  {covariateChoices.map((choice) => (
                    <SelectItem key={choice} value={choice}>
                      {t(`covariate.${choice}`)}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
          ) : null}
          {form.variants.length > 2 ? (
            <FormField label={t("dropLosers")} help={t("dropLosersHelp")} error={problemAt(problems, "dropLosers")}>
              {(control) => (
                <span className="flex h-7 items-center">
                  <Switch
                    id={control.id}
                    aria-describedby={control["aria-describedby"]}
                    checked={form.dropLosers}
                    onCheckedChange={(dropLosers) => change({ dropLosers })}
                  />
                </span>
              )}
            </FormField>
          ) : null}
          {count("seed", 0, most.seed)}
          <FormField label={t("cache")} help={t("cacheHelp")}>
            {(control) => (
              <span className="flex h-7 items-center">
                <Switch
                  id={control.id}
                  aria-describedby={control["aria-describedby"]}
                  checked={form.useCache}
                  onCheckedChange={(useCache) => change({ useCache })}
                />
              </span>
            )}
          </FormField>
        </div>
      ) : null}
    </section>
  );
}
