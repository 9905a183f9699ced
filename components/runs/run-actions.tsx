"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleStop, Inbox, ListRestart, PencilRuler, RotateCw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { AddRunMenu } from "@/components/evaluation/datasets/add-run-menu";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { RunEvent } from "@/runtime/run/events";
import { triedVariants } from "./run-facts";
import { RunRating } from "./run-rating";

interface RunActionsProps {
  readonly summary: RouterOutputs["run"]["get"]["summary"];
  readonly running: boolean;
  readonly events: readonly RunEvent[];
  readonly feedback: RouterOutputs["run"]["get"]["feedback"];
}

export function RunActions({ summary, running, events, feedback }: RunActionsProps) {
  const t = useTranslations("runs");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const cancel = useMutation(trpc.run.cancel.mutationOptions({ onError }));
  const first = events[0];
  const end = events.at(-1);
  const again = useMutation({
    mutationFn: async () => {
      const { revision } = await client.pipeline.get.query({ id: summary.pipeline.id });
      const inputs = first?.type === "run-start" ? { ...first.inputs } : {};
      const variants = triedVariants(events).map(({ node, id }) => ({ node, id }));
      return client.run.start.mutate({ pipelineId: summary.pipeline.id, revision, inputs, variants });
    },
    onError,
    onSuccess: ({ runId }) => {
      void queries.invalidateQueries({ queryKey: trpc.run.list.pathKey() });
      router.push(`/runs/${runId}`);
    },
  });
  const retry = useMutation(
    trpc.run.retry.mutationOptions({
      onError,
      onSuccess: ({ runId }) => {
        void queries.invalidateQueries({ queryKey: trpc.run.list.pathKey() });
        router.push(`/runs/${runId}`);
      },
    }),
  );
  const failed = useMemo(
    () => events.filter((event) => event.type === "node-end" && event.outcome === "failure").length,
    [events],
  );
  const isPart = first?.type === "run-start" && first.part !== undefined;
  return (
    <>
      {running || failed === 0 || isPart || summary.status === "paused" ? null : (
        <Tooltip content={t("retryHelp")}>
          <Button busy={retry.isPending} onClick={() => retry.mutate({ id: summary.id })} data-testid="retry-failed">
            <ListRestart />
            {t("retry")}
          </Button>
        </Tooltip>
      )}
      {summary.status === "paused" && !running ? (
        <Button asChild variant="primary">
          <Link href={`/inbox?run=${summary.id}`}>
            <Inbox />
            {t("answer")}
          </Link>
        </Button>
      ) : null}
      {running || summary.status === "paused" ? null : (
        <>
          <RunRating runId={summary.id} feedback={feedback} />
          {first?.type === "run-start" && first.part?.within !== undefined ? null : (
            <AddRunMenu
              run={summary}
              outputs={end?.type === "run-end" && end.outcome === "success" ? end.outputs : null}
            />
          )}
        </>
      )}
      <Tooltip content={t("openEditorHelp")}>
        <Button asChild>
          <Link
            href={running ? `/pipelines/${summary.pipeline.id}` : `/pipelines/${summary.pipeline.id}?run=${summary.id}`}
            data-testid="open-in-draft"
          >
            <PencilRuler />
            {t("openEditor")}
          </Link>
        </Button>
      </Tooltip>
      {running || summary.status === "paused" ? (
        <Button variant="danger" busy={cancel.isPending} onClick={() => cancel.mutate({ id: summary.id })}>
          <CircleStop />
          {t("cancel")}
        </Button>
      ) : (
        <Tooltip content={t("againHelp")}>
          <Button
            variant="primary"
            busy={again.isPending}
            // One item, or one step alone, was given what the pipeline does not ask for.
            disabled={first?.type !== "run-start" || first.part?.within !== undefined || first.part?.mode === "alone"}
            onClick={() => again.mutate()}
          >
            <RotateCw />
            {t("again")}
          </Button>
        </Tooltip>
      )}
    </>
  );
}
