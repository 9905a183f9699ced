"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { type EndpointFields, goesToNewPlace } from "./endpoint-form";

interface ApiKeyFieldProps {
  readonly hasStoredKey: boolean;
  /** Where the stored key may go. */
  readonly storedUrls: readonly (string | null)[];
}

/** Written, never read back: of a stored key only its being there is known. */
export function ApiKeyField({ hasStoredKey, storedUrls }: ApiKeyFieldProps) {
  const t = useTranslations("endpoints.form");
  const { register, setValue, control, formState, getValues } = useFormContext<EndpointFields>();
  const removed = useWatch({ control, name: "removeKey" });
  const [replacing, setReplacing] = useState(false);
  const error = formState.errors.apiKey?.message;
  const needed = () =>
    hasStoredKey && !getValues("removeKey") && goesToNewPlace(getValues(), storedUrls)
      ? t("keyForNewPlace")
      : undefined;
  const field = register("apiKey", {
    validate: (key) => {
      if (key.trim() === "") return needed() ?? true;
      return /^[\x21-\x7e]+$/.test(key.trim()) || t("keyForm");
    },
  });
  const stored = hasStoredKey && !replacing && !error;
  return (
    <FormField
      label={t("apiKey")}
      aside={hasStoredKey ? undefined : t("optional")}
      help={removed ? t("keyRemoved") : t("keyHelp")}
      error={error}
    >
      {(control) =>
        stored ? (
          <div className="flex items-center gap-2">
            <Input
              {...control}
              readOnly
              value={removed ? "" : "••••••••••••"}
              placeholder={t("keyNone")}
              className="font-mono"
            />
            <input type="hidden" {...field} />
            {removed ? (
              <Button onClick={() => setValue("removeKey", false, { shouldDirty: true })}>{t("keepKey")}</Button>
            ) : (
              <>
                <Button onClick={() => setReplacing(true)}>{t("replaceKey")}</Button>
                <Button variant="danger" onClick={() => setValue("removeKey", true, { shouldDirty: true })}>
                  {t("removeKey")}
                </Button>
              </>
            )}
          </div>
        ) : (
          <Input
            {...control}
            type="password"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            className="font-mono"
            {...field}
          />
        )
      }
    </FormField>
  );
}
