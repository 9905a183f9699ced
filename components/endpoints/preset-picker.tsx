"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import type { EndpointFields } from "./endpoint-form";
import { type EndpointPreset, presets } from "./presets";

/** Fills the form with what one usually connects. Nothing typed is overwritten but by a click here. */
export function PresetPicker() {
  const t = useTranslations("endpoints.form");
  const { setValue } = useFormContext<EndpointFields>();
  const [picked, setPicked] = useState<EndpointPreset | null>(null);
  const pick = (preset: EndpointPreset) => {
    setPicked(preset);
    const options = { shouldDirty: true, shouldValidate: false };
    setValue("name", preset.name, options);
    setValue("slug", preset.slug, options);
    setValue("replicas.0.baseUrl", preset.baseUrl, options);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t("preset")}</legend>
      <div className="grid grid-cols-3 gap-2">
        {presets.map((preset) => (
          <button
            key={preset.id}
            type="button"
            aria-pressed={picked?.id === preset.id}
            onClick={() => pick(preset)}
            className={cn(
              "h-9 rounded-md border text-sm transition-colors",
              picked?.id === preset.id
                ? "border-accent bg-accent-soft font-medium text-accent-text"
                : "border-line text-fg hover:border-line-strong hover:bg-hover",
            )}
          >
            {preset.name}
          </button>
        ))}
      </div>
      {picked?.command ? (
        <div className="flex items-center gap-2 text-muted text-xs">
          <span className="shrink-0">{t("startedWith")}</span>
          <code className="min-w-0 truncate rounded-sm bg-sunken px-1.5 py-0.5 font-mono">{picked.command}</code>
          <CopyButton value={picked.command} size="sm" />
        </div>
      ) : null}
      {picked?.needsKey ? <p className="text-muted text-xs">{t("keyNeeded", { name: picked.name })}</p> : null}
      {picked?.alternatives?.map((url) => (
        <p key={url} className="text-muted text-xs">
          {t("alternative")}{" "}
          <button
            type="button"
            className="rounded-sm font-mono text-accent-text hover:underline"
            onClick={() => setValue("replicas.0.baseUrl", url, { shouldDirty: true })}
          >
            {url}
          </button>
        </p>
      ))}
    </fieldset>
  );
}
