"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";

const shortest = 10;
const longest = 128;

interface PasswordSettingsProps {
  readonly hasPassword: boolean;
  /** So that a password manager knows whose password it keeps. */
  readonly email: string;
}

/** Sets the first password, or changes it. All other sessions end. */
export function PasswordSettings({ hasPassword, email }: PasswordSettingsProps) {
  const t = useTranslations("settings.password");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tell = useErrorToast();
  const form = useRef<HTMLFormElement>(null);
  const [short, setShort] = useState(false);
  const setPassword = useMutation(
    trpc.account.setPassword.mutationOptions({
      onSuccess: () => {
        form.current?.reset();
        toast.success(t("saved"));
        return queries.invalidateQueries({ queryKey: trpc.account.get.queryKey() });
      },
      onError: (error) => (errorFacts(error).reason === "password-wrong" ? undefined : tell(error)),
    }),
  );
  const wrong = setPassword.isError && errorFacts(setPassword.error).reason === "password-wrong";
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const newPassword = String(data.get("new") ?? "");
    setShort(newPassword.length < shortest);
    if (newPassword.length < shortest) return;
    setPassword.mutate({
      newPassword,
      ...(hasPassword ? { currentPassword: String(data.get("current") ?? "") } : {}),
    });
  };
  return (
    <Section title={t("title")} description={t(hasPassword ? "change" : "first")}>
      <form ref={form} onSubmit={submit} className="flex flex-col gap-4">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <div className="grid max-w-3xl gap-4 sm:grid-cols-2">
          {hasPassword ? (
            <FormField label={t("current")} error={wrong ? t("wrong") : undefined}>
              {(control) => (
                <Input
                  {...control}
                  name="current"
                  type="password"
                  autoComplete="current-password"
                  required
                  maxLength={longest}
                />
              )}
            </FormField>
          ) : null}
          <FormField
            label={t("new")}
            help={t("length", { shortest })}
            error={short ? t("short", { shortest }) : undefined}
          >
            {(control) => (
              <Input {...control} name="new" type="password" autoComplete="new-password" required maxLength={longest} />
            )}
          </FormField>
        </div>
        <div>
          <Button type="submit" busy={setPassword.isPending}>
            {t(hasPassword ? "changeAction" : "setAction")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
