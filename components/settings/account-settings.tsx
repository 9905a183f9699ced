"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/shell/section";
import { useShownName } from "@/components/shell/use-shown-name";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";

/** Who one is here: name, and the e-mail one signs in with. */
export function AccountSettings({ account }: { readonly account: RouterOutputs["account"]["get"] }) {
  const t = useTranslations("settings.account");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const shownName = useShownName()("account", account.name);
  const [name, setName] = useState(shownName);
  const [email, setEmail] = useState(account.email);
  const update = useMutation(
    trpc.account.update.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("saved"));
        return queries.invalidateQueries({ queryKey: trpc.account.pathKey() });
      },
    }),
  );
  const changed = name.trim() !== shownName || email.trim().toLowerCase() !== account.email;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ name: name.trim() === shownName ? account.name : name.trim(), email: email.trim() });
  };
  return (
    <Section title={t("title")} description={t("description", { role: t(`roles.${account.role}`) })}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid max-w-3xl gap-4 sm:grid-cols-2">
          <FormField label={t("name")}>
            {(control) => (
              <Input
                {...control}
                value={name}
                required
                maxLength={80}
                autoComplete="name"
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </FormField>
          <FormField label={t("email")}>
            {(control) => (
              <Input
                {...control}
                type="email"
                value={email}
                required
                maxLength={254}
                autoComplete="email"
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </FormField>
        </div>
        {changed ? (
          <div>
            <Button type="submit" variant="primary" busy={update.isPending}>
              {t("save")}
            </Button>
          </div>
        ) : null}
      </form>
    </Section>
  );
}
