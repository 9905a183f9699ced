import { useMutation, useQueryClient } from "@tanstack/react-query";
import { GitBranch } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { Tooltip } from "@/components/ui/tooltip";
import { frameSegment } from "@/runtime/run/frame-path";
import type { PartRefusal } from "@/runtime/run/run-part";

interface ForkButtonProps {
  readonly runId: string;
  /** Of the step, joined by `/`. */
  readonly path: string;
  readonly running: boolean;
}

/** A new run of the same version from this step on, with what was recorded before it. */
export function ForkButton({ runId, path, running }: ForkButtonProps) {
  const t = useTranslations("runs");
  const part = useTranslations("run.part");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const tellError = useErrorToast();
  const segments = path.split("/");
  const node = segments.at(-1) ?? "";
  const fork = useMutation(
    trpc.run.retry.mutationOptions({
      onError: (error) => {
        const refused = errorFacts(error).data.part as PartRefusal | undefined;
        if (refused === undefined) tellError(error);
        else
          toast.error(part(`refused.${refused.code}`, { ...refused }), { description: part(`mend.${refused.code}`) });
      },
      onSuccess: ({ runId: started }) => {
        void queries.invalidateQueries({ queryKey: trpc.run.list.pathKey() });
        router.push(`/runs/${started}`);
      },
    }),
  );
  // An item as a whole is no step.
  if (running || frameSegment(node) !== null) return null;
  return (
    <Tooltip content={t("forkHelp")}>
      <Button
        size="sm"
        className="ml-auto"
        busy={fork.isPending}
        onClick={() => fork.mutate({ id: runId, from: { node, within: segments.slice(0, -1) } })}
        data-testid="fork-run"
      >
        <GitBranch />
        {t("fork")}
      </Button>
    </Tooltip>
  );
}
