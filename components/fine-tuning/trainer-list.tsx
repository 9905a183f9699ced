"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { toast } from "@/components/ui/toaster";
import { inBytes } from "./tuning-figures";

/** The machines that train, and how they are. */
export function TrainerList() {
  const t = useTranslations("tuning.trainers");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const trainers = useQuery(trpc.fineTuning.trainers.queryOptions());
  const [connecting, setConnecting] = useState(false);
  const changed = () => queries.invalidateQueries({ queryKey: trpc.fineTuning.trainers.queryKey() });
  const disconnect = useMutation(trpc.fineTuning.disconnect.mutationOptions({ onError, onSuccess: changed }));
  return (
    <Section
      title={t("title")}
      aside={
        <Button size="sm" onClick={() => setConnecting(true)}>
          <Plus />
          {t("connect")}
        </Button>
      }
    >
      {trainers.data?.length === 0 ? <p className="text-muted text-sm">{`${t("none")} ${t("connectHelp")}`}</p> : null}
      {trainers.data !== undefined && trainers.data.length > 0 ? (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {trainers.data.map(({ id, name, capabilities, problem }) => (
            <li key={id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
              <StatusGlyph status={problem === null ? "ok" : "error"} />
              <span className="font-medium">{name}</span>
              {capabilities === null ? (
                <span className="min-w-0 flex-1 text-error">{problem}</span>
              ) : (
                <span className="min-w-0 flex-1 truncate text-muted">
                  {[
                    t("devices", { count: capabilities.devices.length }),
                    ...capabilities.devices.map((device) => `${device.name}, ${inBytes(device.memoryBytes)}`),
                    t("version", { version: capabilities.version }),
                  ].join(" · ")}
                </span>
              )}
              <Button size="sm" variant="ghost" busy={disconnect.isPending} onClick={() => disconnect.mutate({ id })}>
                {t("disconnect")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {connecting ? (
        <ConnectDialog
          onClose={() => setConnecting(false)}
          onConnected={() => {
            toast.success(t("connected"));
            setConnecting(false);
            void changed();
          }}
        />
      ) : null}
    </Section>
  );
}

function ConnectDialog({ onClose, onConnected }: { readonly onClose: () => void; readonly onConnected: () => void }) {
  const t = useTranslations("tuning.trainers");
  const trpc = useTRPC();
  const [form, setForm] = useState({ name: "", address: "", token: "" });
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const connect = useMutation(trpc.fineTuning.connect.mutationOptions({ onSuccess: onConnected }));
  const fields = connect.error?.data && "fields" in connect.error.data ? connect.error.data.fields : undefined;
  const told = (name: string) => fields?.[name];
  const other = connect.error !== null && fields === undefined ? connect.error.message : undefined;
  return (
    <FormDialog
      title={t("connect")}
      description={t("connectHelp")}
      action={t("connect")}
      busy={connect.isPending}
      onSubmit={() => connect.mutate(form)}
      onClose={onClose}
    >
      <FormField label={t("name")} error={told("name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={80}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t("address")} help={t("addressHelp")} error={told("address") ?? other}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={500}
            value={form.address}
            onChange={(event) => set({ address: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t("token")} error={told("token")}>
        {(control) => (
          <Input
            {...control}
            required
            type="password"
            autoComplete="off"
            maxLength={1_000}
            value={form.token}
            onChange={(event) => set({ token: event.target.value })}
          />
        )}
      </FormField>
    </FormDialog>
  );
}
