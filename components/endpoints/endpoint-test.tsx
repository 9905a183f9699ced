"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { Button } from "@/components/ui/button";
import { Duration } from "@/components/ui/figures";
import { Select, SelectItem } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { useErrorText } from "@/components/ui/use-error-text";
import { ModelError } from "./model-error";
import type { EndpointItem } from "./models";

type Result = RouterOutputs["endpoint"]["test"];

/** Asks one model for a few words and shows how long it took and what it said. */
/** A list without a search shows no more than this. */
const mostOffered = 200;
const offered = <Model extends { readonly name: string }>(
  models: readonly Model[],
  chosen: string,
): readonly Model[] =>
  models.length <= mostOffered ? models : models.filter(({ name }, index) => index < mostOffered || name === chosen);

export function EndpointTest({ endpoint }: { readonly endpoint: EndpointItem }) {
  const t = useTranslations("endpoints.test");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const say = useErrorText();
  const first = endpoint.models.find((model) => model.chat && !model.vision) ?? endpoint.models[0];
  const [model, setModel] = useState(first?.name ?? "");
  const test = useMutation(
    trpc.endpoint.test.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.endpoint.list.queryKey() }),
    }),
  );
  const { mutate } = test;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || model === "") return;
    begun.current = true;
    mutate({ id: endpoint.id, model });
  }, [endpoint.id, model, mutate]);

  return (
    <section
      aria-label={t("title", { name: endpoint.name })}
      className="flex flex-col gap-3 border-line border-t bg-page px-4 py-3"
    >
      <div className="flex items-center gap-2">
        <Select value={model} onValueChange={setModel} aria-label={t("model")} className="max-w-80">
          {offered(endpoint.models, model).map(({ name }) => (
            <SelectItem key={name} value={name}>
              {name}
            </SelectItem>
          ))}
        </Select>
        <Button busy={test.isPending} onClick={() => mutate({ id: endpoint.id, model })}>
          {t("send")}
        </Button>
        <p className="ml-auto text-faint text-xs">{t("help")}</p>
      </div>
      <div aria-live="polite">
        {test.isPending ? <Skeleton className="h-12 w-full" /> : null}
        {test.isError ? (
          <p role="alert" className="text-error">
            {say(errorFacts(test.error)).description}
          </p>
        ) : null}
        {test.data ? <TestResult result={test.data} /> : null}
      </div>
    </section>
  );
}

function TestResult({ result }: { readonly result: Result }) {
  const t = useTranslations("endpoints.test");
  if (result.error) return <ModelError error={result.error} />;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
        <StatusGlyph status="ok" word label={t("answered")} />
        <span>
          {t("latency")} <Duration ms={result.latencyMs} />
        </span>
        {result.firstTokenMs === null ? null : (
          <span>
            {t("firstToken")} <Duration ms={result.firstTokenMs} />
          </span>
        )}
        <code className="truncate font-mono text-faint text-xs">{result.model}</code>
      </p>
      {result.reply ? (
        <blockquote className="max-h-32 overflow-y-auto whitespace-pre-wrap break-words rounded-md border border-line bg-surface px-3 py-2 text-fg">
          {result.reply}
        </blockquote>
      ) : null}
    </div>
  );
}
