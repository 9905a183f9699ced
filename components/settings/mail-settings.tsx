"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";

type Mail = RouterOutputs["inbox"]["mail"];

const securities = ["tls", "starttls", "none"] as const;
type Security = (typeof securities)[number];
const usualPorts = { tls: "465", starttls: "587", none: "25" } as const satisfies Record<Security, string>;

/** The server by which people are told what runs ask them. Owners alone see it. */
export function MailSettings() {
  const t = useTranslations("settings.mail");
  const trpc = useTRPC();
  const mail = useQuery(trpc.inbox.mail.queryOptions());
  return (
    <Section id="mail" title={t("title")} description={t("description")}>
      {mail.isPending ? (
        <Skeleton className="h-24 w-full" />
      ) : (
        <MailForm key={JSON.stringify(mail.data)} mail={mail.data ?? null} />
      )}
    </Section>
  );
}

function MailForm({ mail }: { readonly mail: Mail }) {
  const t = useTranslations("settings.mail");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [host, setHost] = useState(mail?.host ?? "");
  const [security, setSecurity] = useState<Security>(securities.find((each) => each === mail?.security) ?? "starttls");
  const [port, setPort] = useState(mail === null ? usualPorts.starttls : String(mail.port));
  const [username, setUsername] = useState(mail?.username ?? "");
  const [password, setPassword] = useState("");
  const [sender, setSender] = useState(mail?.sender ?? "");
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.inbox.mail.queryKey() });
  const save = useMutation(
    trpc.inbox.setMail.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("saved"));
        setPassword("");
        return refresh();
      },
    }),
  );
  const test = useMutation(
    trpc.inbox.testMail.mutationOptions({ onError, onSuccess: ({ to }) => toast.success(t("sent", { to })) }),
  );
  const remove = useMutation(trpc.inbox.removeMail.mutationOptions({ onError, onSuccess: refresh }));
  const moves =
    host !== mail?.host || Number(port) !== mail.port || security !== mail.security || username !== mail.username;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ host, port: Number(port), security, username, sender, ...(password === "" ? {} : { password }) });
  };
  return (
    <form onSubmit={submit} className="flex max-w-3xl flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-[1fr_160px_96px]">
        <FormField label={t("host")}>
          {(control) => (
            <Input
              {...control}
              value={host}
              placeholder={t("hostExample")}
              onChange={(event) => setHost(event.target.value)}
            />
          )}
        </FormField>
        <FormField label={t("security")}>
          {(control) => (
            <Select
              {...control}
              value={security}
              onValueChange={(next) => {
                setSecurity(next as Security);
                setPort(usualPorts[next as Security]);
              }}
            >
              {securities.map((each) => (
                <SelectItem key={each} value={each}>
                  {t(`securities.${each}`)}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
        <FormField label={t("port")}>
          {(control) => (
            <Input {...control} value={port} inputMode="numeric" onChange={(event) => setPort(event.target.value)} />
          )}
        </FormField>
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField label={t("sender")}>
          {(control) => (
            <Input
              {...control}
              type="email"
              value={sender}
              placeholder={t("senderExample")}
              onChange={(event) => setSender(event.target.value)}
            />
          )}
        </FormField>
        <FormField label={t("username")}>
          {(control) => (
            <Input
              {...control}
              value={username}
              autoComplete="off"
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </FormField>
        <FormField label={t("password")}>
          {(control) => (
            <Input
              {...control}
              type="password"
              value={password}
              autoComplete="new-password"
              placeholder={mail?.hasPassword ? t(moves ? "again" : "kept") : ""}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </FormField>
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={save.isPending} disabled={host === "" || sender === ""}>
          {t("save")}
        </Button>
        {mail === null ? null : (
          <>
            <Button busy={test.isPending} onClick={() => test.mutate({})}>
              {t("test")}
            </Button>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate({})}>
              {t("remove")}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
