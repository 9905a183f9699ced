"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { PairRows, pairsOf, recordOf } from "./pair-rows";

type Environment = RouterOutputs["deployment"]["environments"][number];
const most = 50;

/** What the deployments of an environment share: values for inputs that callers leave out, and which models are called. */
export function EnvironmentSection({ name }: { readonly name: string }) {
  const t = useTranslations("deployments.environment");
  const trpc = useTRPC();
  const environments = useQuery(trpc.deployment.environments.queryOptions());
  if (environments.isError)
    return <QueryError error={environments.error} onRetry={() => void environments.refetch()} />;
  const own = environments.data?.find((each) => each.name === name);
  if (own === undefined) return null;
  return (
    <Section title={t("title", { name })} description={t("description", { count: own.deployments, name })}>
      <EnvironmentForm key={JSON.stringify(own)} environment={own} />
    </Section>
  );
}

function EnvironmentForm({ environment }: { readonly environment: Environment }) {
  const t = useTranslations("deployments.environment");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const models = useQuery(trpc.endpoint.models.queryOptions());
  const [variables, setVariables] = useState(() => pairsOf(environment.variables));
  const [bindings, setBindings] = useState(() => pairsOf(environment.bindings));
  const save = useMutation(
    trpc.deployment.setEnvironment.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("saved", { name: environment.name }));
        return queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() });
      },
    }),
  );
  const asked = { name: environment.name, variables: recordOf(variables), bindings: recordOf(bindings) };
  const before = recordOf(pairsOf(environment.variables));
  const changed =
    JSON.stringify([asked.variables, asked.bindings]) !==
    JSON.stringify([before, recordOf(pairsOf(environment.bindings))]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(asked);
  };
  return (
    <form onSubmit={submit} className="flex max-w-3xl flex-col items-stretch gap-4">
      <PairRows
        title={t("variables")}
        help={t("variablesHelp")}
        names={{ name: t("input"), value: t("value"), add: t("addVariable") }}
        pairs={variables}
        most={most}
        onChange={setVariables}
      />
      <PairRows
        title={t("bindings")}
        help={t("bindingsHelp")}
        names={{ name: t("named"), value: t("called"), add: t("addBinding") }}
        pairs={bindings}
        most={most}
        onChange={setBindings}
        suggestions={["default", ...(models.data?.models.map(({ ref }) => ref) ?? [])]}
      />
      {changed ? (
        <Button type="submit" variant="primary" className="self-start" busy={save.isPending}>
          {t("save")}
        </Button>
      ) : null}
    </form>
  );
}
