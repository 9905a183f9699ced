"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";

const methods = ["lora", "qlora", "full", "frozen", "p-tuning", "prefix", "other"] as const;

export interface RegisterDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The model that gets a further version; null registers a new one. */
  readonly model: { readonly id: string; readonly name: string } | null;
}

/** Registers a chat model or adapter that an endpoint serves. */
export function RegisterDialog({ open, onOpenChange, model }: RegisterDialogProps) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const offered = useQuery(trpc.endpoint.models.queryOptions(undefined, { enabled: open }));
  const [form, setForm] = useState({ name: "", servedAs: "", base: "", method: "lora", data: "", notes: "" });
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const register = useMutation(
    trpc.tunedModel.register.mutationOptions({
      onError,
      onSuccess: async ({ modelId, number }) => {
        await queries.invalidateQueries({ queryKey: trpc.tunedModel.pathKey() });
        toast.success(t("register.saved", { number }));
        onOpenChange(false);
        router.push(`/registry/${modelId}`);
      },
    }),
  );
  const chats = offered.data?.models.filter(({ chat }) => chat) ?? [];
  const complete = form.servedAs !== "" && form.base.trim() !== "" && (model !== null || form.name.trim() !== "");
  const save = () =>
    register.mutate({
      ...(model === null ? { name: form.name } : { modelId: model.id }),
      servedAs: form.servedAs,
      base: form.base,
      method: form.method as (typeof methods)[number],
      data: form.data,
      notes: form.notes,
    });
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={model === null ? t("register.title") : t("wizard.newVersionOf", { name: model.name })}
        description={t("register.description")}
        footer={
          <Button variant="primary" disabled={!complete} busy={register.isPending} onClick={save}>
            {t("register.save")}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          {model === null ? (
            <FormField label={t("register.name")}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={80}
                  value={form.name}
                  onChange={(event) => set({ name: event.target.value })}
                />
              )}
            </FormField>
          ) : null}
          <FormField label={t("register.servedAs")} help={t("register.servedAsHelp")}>
            {(control) => (
              <Select
                {...control}
                value={form.servedAs}
                placeholder={t("register.chooseModel")}
                onValueChange={(servedAs) => set({ servedAs })}
              >
                {chats.map(({ ref, endpoint }) => (
                  <SelectItem key={ref} value={ref} hint={endpoint.name}>
                    {ref}
                  </SelectItem>
                ))}
              </Select>
            )}
          </FormField>
          <div className="grid grid-cols-2 gap-4">
            <FormField label={t("register.base")}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={300}
                  value={form.base}
                  onChange={(event) => set({ base: event.target.value })}
                />
              )}
            </FormField>
            <FormField label={t("register.method")}>
              {(control) => (
                <Select {...control} value={form.method} onValueChange={(method) => set({ method })}>
                  {methods.map((method) => (
                    <SelectItem key={method} value={method}>
                      {t(`method.${method}`)}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
          </div>
          <FormField label={t("register.data")}>
            {(control) => (
              <Textarea
                {...control}
                maxLength={5_000}
                value={form.data}
                onChange={(event) => set({ data: event.target.value })}
              />
            )}
          </FormField>
          <FormField label={t("register.notes")}>
            {(control) => (
              <Textarea
                {...control}
                maxLength={5_000}
                value={form.notes}
                onChange={(event) => set({ notes: event.target.value })}
              />
            )}
          </FormField>
        </div>
      </DialogContent>
    </Dialog>
  );
}
