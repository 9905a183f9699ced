"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { StatusGlyph } from "@/components/ui/status-glyph";

type Tuning = RouterOutputs["fineTuning"]["get"];

/** Loads what was trained on the servers of an endpoint, and shows what each says. */
export function DeployDialog({ tuning, onClose }: { readonly tuning: Tuning; readonly onClose: () => void }) {
  const t = useTranslations("tuning.deploy");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const endpoints = useQuery(trpc.endpoint.list.queryOptions());
  const model = useQuery(trpc.tunedModel.get.queryOptions({ id: tuning.tunedModelId }));
  const [endpointId, setEndpointId] = useState(tuning.endpointId);
  const [servedName, setServedName] = useState(nameOf(tuning.name));
  const [path, setPath] = useState("");
  const deploy = useMutation(
    trpc.fineTuning.deploy.mutationOptions({
      onError,
      onSuccess: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.tunedModel.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.endpoint.pathKey() }),
        ]),
    }),
  );
  const report = deploy.data;
  const version = model.data?.versions.find(({ id }) => id === tuning.versionId);
  const isTrainer = endpointId === tuning.endpointId;
  return (
    <FormDialog
      title={t("title", { name: tuning.name })}
      description={t("description")}
      action={t("action")}
      busy={deploy.isPending}
      onClose={onClose}
      onSubmit={() =>
        deploy.mutate({ id: tuning.id, endpointId, servedName, ...(!isTrainer && path !== "" && { path }) })
      }
    >
      <FormField label={t("endpoint")}>
        {(control) => (
          <Select {...control} value={endpointId} placeholder={t("chooseEndpoint")} onValueChange={setEndpointId}>
            {(endpoints.data ?? [])
              .filter(({ embedded }) => !embedded)
              .map(({ id, name }) => (
                <SelectItem key={id} value={id} {...(id === tuning.endpointId && { hint: t("trainer") })}>
                  {name}
                </SelectItem>
              ))}
          </Select>
        )}
      </FormField>
      <FormField label={t("servedName")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={80}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
            value={servedName}
            onChange={(event) => setServedName(event.target.value)}
          />
        )}
      </FormField>
      {isTrainer ? null : (
        <FormField label={t("path")} help={t("pathHelp")}>
          {(control) => (
            <Input
              {...control}
              maxLength={4_096}
              placeholder={tuning.result?.folder ?? ""}
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
          )}
        </FormField>
      )}
      {report === undefined ? null : (
        <div role="status" className="flex flex-col gap-2 rounded-lg border border-line p-3 text-sm">
          <p className="flex items-center gap-2 font-medium">
            <StatusGlyph status={report.deployed ? "ok" : "error"} />
            {report.servedAs === null ? t("failed") : t("done", { servedAs: report.servedAs })}
          </p>
          <p className="text-muted">{t("asked", { question: report.question })}</p>
          <ul className="flex flex-col gap-1.5">
            {report.replicas.map(({ baseUrl, answer, problem }) => (
              <li key={baseUrl} className="flex items-start gap-2">
                <StatusGlyph status={problem === null ? "ok" : "error"} />
                <span className="min-w-0">
                  <code className="break-all font-mono text-faint text-xs">{baseUrl}</code>
                  <span className={problem === null ? "block" : "block text-error"}>{problem ?? answer}</span>
                </span>
              </li>
            ))}
          </ul>
          {report.deployed && model.data !== undefined && version !== undefined ? (
            <p className="text-muted">{t("call", { reference: `${model.data.slug}@${version.number}` })}</p>
          ) : null}
          {report.deployed ? (
            <Button size="sm" asChild className="self-start">
              <Link href={`/registry/${tuning.tunedModelId}`}>{t("open")}</Link>
            </Button>
          ) : null}
        </div>
      )}
    </FormDialog>
  );
}

const nameOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "adapter";
