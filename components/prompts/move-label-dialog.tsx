"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { toast } from "@/components/ui/toaster";

/** How often a plan is read again while gates are checking. */
const liveInterval = 2_000;

interface MoveLabelDialogProps {
  readonly id: string;
  readonly label: string;
  readonly number: number;
  /** Where the person saw it; null for a new one. */
  readonly from: number | null;
  readonly onClose: () => void;
}

type Plan = RouterOutputs["promptLabel"]["plan"];
type State = Plan["followers"][number]["state"];

const glyphs = {
  moves: "ok",
  broken: "error",
  "no-check": "warn",
  running: "running",
  "not-passed": "error",
  failure: "error",
} as const satisfies Record<State, unknown>;

/** What moving a label touches: variables that come and go, and each deployment that follows with what its gate says; then the move. */
export function MoveLabelDialog({ id, label, number, from, onClose }: MoveLabelDialogProps) {
  const t = useTranslations("prompts");
  const ui = useTranslations("ui");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const plan = useQuery(
    trpc.promptLabel.plan.queryOptions(
      { id, name: label, number },
      {
        staleTime: 0,
        refetchInterval: ({ state }) =>
          state.data?.followers.some((each) => each.state === "running") ? liveInterval : false,
      },
    ),
  );
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.promptLabel.pathKey() });
  const check = useMutation(trpc.promptLabel.check.mutationOptions({ onError, onSettled: () => void refresh() }));
  const move = useMutation(
    trpc.promptLabel.move.mutationOptions({
      onError,
      onSettled: () => {
        void refresh();
        void queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
      },
      onSuccess: ({ moved, held }) => {
        toast.success(t("labelSet", { label, number }), {
          description: [
            moved.length > 0 ? t("movedAlong", { names: moved.join(", ") }) : "",
            held.length > 0 ? t("heldBack", { names: held.map(({ slug }) => slug).join(", ") }) : "",
          ]
            .filter((part) => part !== "")
            .join(" "),
        });
        onClose();
      },
    }),
  );
  const followers = plan.data?.followers ?? [];
  const unchecked = followers.some(({ state }) => state === "no-check" || state === "failure");
  const blocked = plan.data?.protected === true && followers.some(({ state }) => state !== "moves");
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("moveTitle", { label, number })}
        description={from === null ? t("moveNew") : t("moveFrom", { from })}
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            {unchecked ? (
              <Button busy={check.isPending} onClick={() => check.mutate({ id, name: label, number })}>
                <ShieldCheck />
                {t("runGates")}
              </Button>
            ) : null}
            <Button
              variant="primary"
              disabled={plan.data === undefined || blocked}
              busy={move.isPending}
              onClick={() => move.mutate({ id, name: label, number, from })}
            >
              {t("move")}
            </Button>
          </>
        }
      >
        {plan.isError ? (
          <QueryError error={plan.error} onRetry={() => void plan.refetch()} />
        ) : plan.data === undefined ? (
          <Skeleton className="h-24" />
        ) : (
          <div className="flex flex-col gap-4">
            <Touched plan={plan.data} />
            {blocked ? <p className="text-warn text-sm">{t("moveBlocked")}</p> : null}
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Touched({ plan }: { readonly plan: Plan }) {
  const t = useTranslations("prompts");
  const { gone, added, followers } = plan;
  return (
    <>
      {gone.length > 0 ? <p className="text-error text-sm">{t("variablesGone", { names: gone.join(", ") })}</p> : null}
      {added.length > 0 ? <p className="text-warn text-sm">{t("variablesNew", { names: added.join(", ") })}</p> : null}
      {followers.length === 0 ? (
        <p className="text-muted text-sm">{t("nothingFollows")}</p>
      ) : (
        <section className="flex flex-col gap-1.5">
          <h3 className="text-muted text-xs">{t("followers")}</h3>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {followers.map(({ deploymentId, slug, active, pipelineName, state, reason }) => (
              <li key={deploymentId} className="flex flex-col gap-0.5 px-3 py-2 text-sm">
                <span className="flex items-center gap-2">
                  <StatusGlyph status={glyphs[state]} />
                  <Link href={`/deployments/${deploymentId}`} className="min-w-0 truncate hover:underline">
                    {slug}
                  </Link>
                  <span className="min-w-0 flex-1 truncate text-faint text-xs">{pipelineName}</span>
                  {active ? null : <Badge>{t("pausedLive")}</Badge>}
                  <span className="shrink-0 text-muted text-xs">{t(`follow.${state}`)}</span>
                </span>
                {state === "broken" ? <span className="break-words text-error text-xs">{reason}</span> : null}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
