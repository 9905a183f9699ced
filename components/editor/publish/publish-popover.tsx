import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BreakingList, readBreaking } from "@/components/deployments/environment/breaking-list";
import { EnvironmentField } from "@/components/deployments/environment/environment-field";
import { StopDialog } from "@/components/deployments/stop-dialog";
import { GateSection, useGate } from "@/components/evaluation/gate/gate-section";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { BreakingChange } from "@/runtime/plan/interface-changes";
import { ProblemRow } from "../diagnostics/problems-popover";
import { useOpenVariant } from "../inspector/open-variant";
import { useSession, useSessionState } from "../session";
import { useDiagnostics, useEditor, useView, useWorkbench } from "../workbench";
import { KeyMaker } from "./key-maker";
import { SnippetTabs } from "./snippet-tabs";

/** Puts the draft live under an address, shows how to call it, and takes it down again. */
export function PublishButton() {
  const t = useTranslations("editor.publish");
  const { view } = useWorkbench();
  const open = useView((state) => state.publishOpen);
  const { pipelineId } = useSession();
  const trpc = useTRPC();
  const deployment = useQuery(trpc.deployment.get.queryOptions({ pipelineId }));
  const differs = useSessionState((state) => state.publishedHash !== state.graphHash);
  const live = deployment.data?.active ?? false;
  const changed = live && (differs || deployment.data?.upToDate === false);
  return (
    <>
      <Button onClick={() => view.setState({ publishOpen: true })} data-testid="publish">
        <Rocket />
        {!live ? t("publish") : changed ? t("changed") : t("live")}
        {live ? <span className={changed ? "size-2 rounded-full bg-warn" : "size-2 rounded-full bg-ok"} /> : null}
      </Button>
      <Dialog open={open} onOpenChange={(next) => view.setState({ publishOpen: next })}>
        {open ? (
          <DialogContent title={t("title")} description={t("description")} className="max-w-2xl">
            {deployment.isPending ? (
              <div className="flex flex-col gap-3">
                <Skeleton className="w-2/3" />
                <Skeleton className="h-24" />
              </div>
            ) : (
              <PublishForm key={deployment.data?.id ?? "new"} />
            )}
          </DialogContent>
        ) : null}
      </Dialog>
    </>
  );
}

/** As a person types a name: what an address can hold. */
export const slugFrom = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/gu, "-")
    .replace(/-{2,}/gu, "-")
    .slice(0, 63);

function PublishForm() {
  const t = useTranslations("editor.publish");
  const { pipelineId, autosave, store } = useSession();
  const errors = useDiagnostics((state) => state.errors);
  const firstError = useDiagnostics(({ all }) => all.find(({ severity }) => severity === "error"));
  const { view } = useWorkbench();
  const hash = useSessionState(({ graphHash }) => graphHash);
  const saved = useSessionState(({ save }) => save.status === "saved");
  const same = useSessionState(
    ({ publishedHash, graphHash, save }) => publishedHash === graphHash && save.status === "saved",
  );
  const [environment, setEnvironment] = useState("production");
  const [note, setNote] = useState("");
  const [breaking, setBreaking] = useState<readonly BreakingChange[]>([]);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  // Another pipeline that this one runs may have been published since the page was opened.
  const { data: deployment } = useQuery(
    trpc.deployment.get.queryOptions({ pipelineId, environment }, { staleTime: 0, refetchOnMount: "always" }),
  );
  const suggestion = useQuery(
    trpc.deployment.suggestSlug.queryOptions({ pipelineId, environment }, { enabled: !deployment }),
  );
  const [typed, setTyped] = useState<string | null>(null);
  const [apiKey, setApiKey] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [stopping, setStopping] = useState(false);
  const slug = typed ?? deployment?.slug ?? suggestion.data?.slug ?? "";
  const isProduction = environment === "production";
  const upToDate = deployment?.upToDate === true && (isProduction ? same : saved && deployment.graphHash === hash);
  const gate = useGate(pipelineId);
  const gateText = useTranslations("gate");
  const variant = useOpenVariant();
  const pins = useEditor(({ whole }) => Object.keys(whole.pins ?? {}).length);
  const isGuarded = environment !== "development" && environment !== "staging";
  const closed = isGuarded && gate.data !== undefined && !gate.data.open;

  const refresh = () => {
    void queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.pipeline.list.queryKey() });
    void queries.invalidateQueries({ queryKey: trpc.gate.pathKey() });
  };
  const save = async (): Promise<number | null> => {
    if (await autosave.flush()) return autosave.revision;
    toast.error(t("notSaved"));
    return null;
  };
  const publish = useMutation(trpc.deployment.publish.mutationOptions());
  const setActive = useMutation(trpc.deployment.setActive.mutationOptions({ onSuccess: refresh, onError: tellError }));
  const submit = async (confirmsBreaking = false) => {
    setRefused(null);
    setBreaking([]);
    const revision = await save();
    if (revision === null) return;
    try {
      const { graphHash } = await publish.mutateAsync({
        pipelineId,
        revision,
        slug: slug.replace(/^-+|(?<!-)-+$/gu, ""),
        environment,
        note,
        confirmsBreaking,
      });
      setTyped(null);
      setNote("");
      store.setState({ graphHash, ...(isProduction && { publishedHash: graphHash }) });
      refresh();
      toast.success(t("done"));
    } catch (error) {
      const { code, reason, message, hint, data } = errorFacts(error);
      if (reason === "breaking-change") setBreaking(readBreaking(data));
      else if (code === "CONFLICT" || code === "BAD_REQUEST" || code === "PRECONDITION_FAILED")
        setRefused([message, hint].filter(Boolean).join(" "));
      else tellError(error);
    }
  };

  return (
    <div className="flex flex-col gap-5">
      {variant ? (
        <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn" data-testid="publish-variant">
          {t("variantOpen", variant)}
        </p>
      ) : null}
      {pins > 0 ? (
        <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn" data-testid="publish-pins">
          {t("pinsStay", { count: pins })}
        </p>
      ) : null}
      {firstError ? (
        <div className="rounded-md border border-line p-1">
          <p className="px-2 pt-1 text-muted text-sm">{t("problems", { count: errors })}</p>
          <ProblemRow problem={firstError} close={() => view.setState({ publishOpen: false })} />
        </div>
      ) : null}
      <form
        className="flex flex-col gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormField label={t("slug")} error={refused} className="flex-1" help={t("slugHelp")}>
          {(control) => (
            <span className="flex items-center gap-1">
              <span className="shrink-0 font-mono text-faint text-xs">{"/api/v1/pipelines/"}</span>
              <Input
                {...control}
                value={slug}
                maxLength={63}
                required
                // A name that comes while somebody types would mix with what is typed.
                readOnly={!deployment && suggestion.isPending}
                className="font-mono text-xs"
                onChange={(event) => setTyped(slugFrom(event.target.value))}
              />
              <Button
                type="submit"
                variant="primary"
                busy={publish.isPending}
                disabled={
                  errors > 0 || slug === "" || closed || (upToDate && deployment?.slug === slug && deployment.active)
                }
                data-testid="publish-submit"
              >
                {!deployment ? t("publish") : upToDate && deployment.slug === slug ? t("upToDate") : t("update")}
              </Button>
            </span>
          )}
        </FormField>
        {closed ? (
          <p className="text-muted text-xs">
            {gate.data?.reason === "not-passed" ? gateText("blockedFailed") : gateText("blocked")}
          </p>
        ) : null}
      </form>
      {breaking.length > 0 ? (
        <div className="flex flex-col items-start gap-2">
          <BreakingList changes={breaking} />
          <Button size="sm" variant="danger" busy={publish.isPending} onClick={() => void submit(true)}>
            {t("breakAll")}
          </Button>
        </div>
      ) : null}
      <div className="grid gap-3 sm:grid-cols-2">
        <EnvironmentField
          value={environment}
          onChange={(next) => {
            setEnvironment(next);
            setTyped(null);
            setBreaking([]);
          }}
        />
        <FormField label={t("note")} help={t("noteHelp")}>
          {(control) => (
            <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </FormField>
      </div>
      {gate.data ? <GateSection pipelineId={pipelineId} status={gate.data} onSave={save} /> : null}
      {deployment ? (
        <>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
            <Badge tone={deployment.active ? "ok" : "neutral"}>{t(deployment.active ? "isLive" : "isDown")}</Badge>
            <span>{t("revision", { number: deployment.revisionNumber })}</span>
            <RelativeTime date={deployment.publishedAt} />
            {deployment.active && !upToDate ? (
              <span className="text-warn">{t(same ? "innerDiffers" : "draftDiffers")}</span>
            ) : null}
            <Button
              size="sm"
              variant={deployment.active ? "danger" : "secondary"}
              className="ml-auto"
              busy={setActive.isPending}
              onClick={() =>
                deployment.active ? setStopping(true) : setActive.mutate({ id: deployment.id, active: true })
              }
            >
              {t(deployment.active ? "takeDown" : "putUp")}
            </Button>
            <StopDialog
              open={stopping}
              onOpenChange={setStopping}
              pipeline={deployment.pipeline}
              by="pause"
              onStop={() => setActive.mutate({ id: deployment.id, active: false })}
            />
          </div>
          {deployment.active ? (
            <>
              <KeyMaker deploymentId={deployment.id} onMade={setApiKey} />
              <SnippetTabs url={new URL(deployment.url, window.location.origin).href} apiKey={apiKey} />
            </>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
