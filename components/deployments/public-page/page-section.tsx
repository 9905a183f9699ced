"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { LimitFields, limitTexts, readLimits } from "@/components/settings/limit-fields";
import { readOrigins } from "@/components/settings/read-origins";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";

type Settings = RouterOutputs["page"]["get"];

/** The page on which people use a deployment, and how other sites show it. */
export function PageSection({ deploymentId }: { readonly deploymentId: string }) {
  const t = useTranslations("deployment-page");
  const trpc = useTRPC();
  const page = useQuery(trpc.page.get.queryOptions({ deploymentId }));
  return (
    <Section id="page" title={t("title")} description={t("description")}>
      {page.isError ? (
        <QueryError error={page.error} onRetry={() => void page.refetch()} />
      ) : page.isPending ? (
        <Skeleton className="h-9 w-full" />
      ) : (
        <PageForm deploymentId={deploymentId} settings={page.data} />
      )}
    </Section>
  );
}

const accesses = ["public", "password", "members"] as const;
const themes = ["auto", "light", "dark"] as const;
const languages = ["auto", "en", "zh"] as const;

function PageForm({ deploymentId, settings }: { readonly deploymentId: string; readonly settings: Settings }) {
  const t = useTranslations("deployment-page");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [form, setForm] = useState(settings);
  const [password, setPassword] = useState("");
  const [origins, setOrigins] = useState(settings.origins.join("\n"));
  const [perMinute, setPerMinute] = useState(String(settings.perMinute));
  const [limits, setLimits] = useState(() => limitTexts(settings.limits));
  const [isOpen, setOpen] = useState(settings.enabled);
  const save = useMutation(
    trpc.page.set.mutationOptions({
      onError,
      onSuccess: ({ enabled }) => {
        toast.success(t(enabled ? "opened" : "closed"));
        setPassword("");
        return queries.invalidateQueries({ queryKey: trpc.page.pathKey() });
      },
    }),
  );
  const read = readOrigins(origins);
  const readLimit = readLimits(limits);
  const count = Number(perMinute);
  const isCount = Number.isInteger(count) && count >= 1 && count <= 600;
  const isColour = form.accent === "" || /^#[0-9a-f]{6}$/.test(form.accent);
  const lacksPassword = form.access === "password" && !settings.hasPassword && password.length < 8;
  const isWrong = read.wrong !== null || readLimit === null || !isCount || !isColour || lacksPassword;
  const send = (enabled: boolean) => {
    if (isWrong && enabled) return setOpen(true);
    const { access, title, welcome, theme, language } = form;
    save.mutate({
      deploymentId,
      enabled,
      access,
      ...(password === "" ? {} : { password }),
      title: title.trim(),
      welcome,
      accent: isColour ? form.accent : "",
      theme,
      language,
      origins: read.origins,
      perMinute: isCount ? count : settings.perMinute,
      limits: readLimit ?? {},
    });
    setForm({ ...form, enabled });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(form.enabled);
  };
  const change = (part: Partial<Settings>) => setForm((now) => ({ ...now, ...part }));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex w-fit items-center gap-2.5">
        <Switch
          aria-label={t("title")}
          checked={settings.enabled}
          disabled={save.isPending}
          onCheckedChange={(enabled) => {
            setOpen(true);
            send(enabled);
          }}
        />
        <span>{t(settings.enabled ? "on" : "off")}</span>
      </div>
      {settings.enabled ? (
        <>
          <p className="flex min-w-0 items-center gap-1">
            <a
              href={settings.url}
              target="_blank"
              rel="noopener"
              className="min-w-0 truncate font-mono text-accent-text text-sm hover:underline"
            >
              {settings.url}
            </a>
            <CopyButton value={settings.url} size="sm" />
          </p>
          {settings.origins.length === 0 ? null : (
            <div>
              <p className="text-muted text-sm">{t("embed")}</p>
              <p className="flex min-w-0 items-center gap-1">
                <code className="min-w-0 truncate font-mono text-sm">{settings.embed}</code>
                <CopyButton value={settings.embed} size="sm" />
              </p>
            </div>
          )}
        </>
      ) : null}
      {isOpen ? (
        <form onSubmit={submit} className="flex max-w-3xl flex-col gap-3">
          <div className="grid gap-3 sm:grid-cols-2">
            <FormField label={t("access")} help={t(`accessHelp.${form.access}`)}>
              {(control) => (
                <Select
                  {...control}
                  value={form.access}
                  onValueChange={(access) => change({ access: access as Settings["access"] })}
                >
                  {accesses.map((access) => (
                    <SelectItem key={access} value={access}>
                      {t(`accesses.${access}`)}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
            {form.access === "password" ? (
              <FormField
                label={t("password")}
                help={settings.hasPassword ? t("passwordKept") : undefined}
                error={lacksPassword ? t("passwordShort") : undefined}
              >
                {(control) => (
                  <Input
                    {...control}
                    type="password"
                    value={password}
                    maxLength={128}
                    autoComplete="new-password"
                    onChange={(event) => setPassword(event.target.value)}
                  />
                )}
              </FormField>
            ) : null}
            <FormField label={t("pageTitle")} help={t("pageTitleHelp")}>
              {(control) => (
                <Input
                  {...control}
                  value={form.title}
                  maxLength={100}
                  onChange={(event) => change({ title: event.target.value })}
                />
              )}
            </FormField>
            <FormField label={t("perMinute")} error={isCount ? undefined : t("perMinuteRange")}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  maxLength={3}
                  value={perMinute}
                  onChange={(event) => setPerMinute(event.target.value)}
                />
              )}
            </FormField>
          </div>
          <FormField label={t("welcome")} help={t("welcomeHelp")}>
            {(control) => (
              <Textarea
                {...control}
                value={form.welcome}
                maxLength={2_000}
                className="min-h-14"
                onChange={(event) => change({ welcome: event.target.value })}
              />
            )}
          </FormField>
          <div className="grid gap-3 sm:grid-cols-3">
            <FormField label={t("theme")}>
              {(control) => (
                <Select
                  {...control}
                  value={form.theme}
                  onValueChange={(theme) => change({ theme: theme as Settings["theme"] })}
                >
                  {themes.map((theme) => (
                    <SelectItem key={theme} value={theme}>
                      {t(`themes.${theme}`)}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
            <FormField label={t("language")}>
              {(control) => (
                <Select
                  {...control}
                  value={form.language}
                  onValueChange={(language) => change({ language: language as Settings["language"] })}
                >
                  {languages.map((language) => (
                    <SelectItem key={language} value={language}>
                      {t(`languages.${language}`)}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
            <FormField label={t("accent")} error={isColour ? undefined : t("accentWrong")}>
              {(control) => (
                <Input
                  {...control}
                  value={form.accent}
                  maxLength={7}
                  placeholder="#4f46e0"
                  className="font-mono"
                  onChange={(event) => change({ accent: event.target.value.trim().toLowerCase() })}
                />
              )}
            </FormField>
          </div>
          <FormField
            label={t("origins")}
            help={t("originsHelp")}
            error={read.wrong === null ? undefined : t("originsWrong", { line: read.wrong })}
          >
            {(control) => (
              <Textarea
                {...control}
                value={origins}
                spellCheck={false}
                className="min-h-14 font-mono text-xs"
                placeholder="https://www.example.com"
                onChange={(event) => setOrigins(event.target.value)}
              />
            )}
          </FormField>
          <p className="text-muted text-sm">{t("limits")}</p>
          <LimitFields texts={limits} onChange={setLimits} />
          <Button type="submit" variant="primary" busy={save.isPending} disabled={isWrong} className="self-start">
            {t("save")}
          </Button>
        </form>
      ) : null}
    </div>
  );
}
