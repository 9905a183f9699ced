"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { EndpointItem } from "./models";

interface ModelLearningProps {
  readonly endpointId: string;
  readonly learning: EndpointItem["learnings"][number] | undefined;
}

/** How a model wants to be asked, as its server's refusals taught; may be forgotten. */
export function ModelLearning({ endpointId, learning }: ModelLearningProps) {
  const t = useTranslations("endpoints.learnt");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const forget = useMutation(
    trpc.endpoint.forget.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.endpoint.list.queryKey() }),
    }),
  );
  if (learning === undefined) return null;
  const { model, learnt } = learning;
  return (
    <Popover>
      <PopoverTrigger className="shrink-0 rounded-sm" title={t("title", { model })}>
        <Badge tone="outline" className="hover:bg-hover">
          {t("count", { count: learnt.length })}
        </Badge>
      </PopoverTrigger>
      <PopoverContent className="w-96 max-w-[calc(100vw-16px)]" align="start">
        <p className="font-medium">{t("heading")}</p>
        <p className="mt-1 text-muted text-xs">{t("help")}</p>
        <ul className="mt-3 flex max-h-72 flex-col gap-2.5 overflow-auto">
          {learnt.map(({ field, value, said }) => (
            <li key={field} className="min-w-0">
              <p className="text-sm">{t(`field.${field}`, { value })}</p>
              {said ? <p className="line-clamp-3 break-words font-mono text-[11px] text-faint">{said}</p> : null}
            </li>
          ))}
        </ul>
        <div className="mt-3 flex justify-end">
          <Button size="sm" busy={forget.isPending} onClick={() => forget.mutate({ id: endpointId, model })}>
            {t("forget")}
          </Button>
        </div>
      </PopoverContent>
    </Popover>
  );
}
