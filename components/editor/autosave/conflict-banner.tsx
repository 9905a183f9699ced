import { useMutation } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useSession, useSessionState } from "../session";
import { useWorkbench } from "../workbench";

/** Two saved at once: three ways on, none of which loses anybody's work without being asked to. */
export function ConflictBanner() {
  const t = useTranslations("editor.conflict");
  const save = useSessionState((state) => state.save);
  const name = useSessionState((state) => state.name);
  const { editor } = useWorkbench();
  const { autosave, pipelineId, store } = useSession();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const router = useRouter();
  const format = useFormatter();
  const tellError = useErrorToast();
  const [asking, setAsking] = useState(false);
  const copy = useMutation(trpc.pipeline.create.mutationOptions({ onError: tellError }));
  const [busy, setBusy] = useState(false);
  if (save.status !== "conflict") return null;

  /** Theirs becomes one more step of the history: undo brings ours back. */
  const loadTheirs = async (): Promise<boolean> => {
    setBusy(true);
    try {
      const theirs = await client.pipeline.get.query({ id: pipelineId });
      editor.getState().goTo([]);
      editor.getState().apply([{ type: "replace-document", document: theirs.document }]);
      autosave.adopt({ revision: theirs.revision, savedAt: theirs.updatedAt.getTime() });
      store.setState({ graphHash: theirs.graphHash, name: theirs.name });
      return true;
    } catch (error) {
      tellError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const keepCopy = async () => {
    const { whole: document } = editor.getState();
    const { id } = await copy.mutateAsync({ name: t("copyName", { name }).slice(0, 120), document });
    if (!(await loadTheirs())) return;
    toast.success(t("copied"), { action: { label: t("openCopy"), onClick: () => router.push(`/pipelines/${id}`) } });
  };
  const overwrite = async () => {
    if (await autosave.overwrite(editor.getState().whole)) toast.success(t("overwritten"));
  };

  return (
    <div
      role="alert"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-line border-b bg-warn-soft px-4 py-2 text-sm"
      data-testid="conflict"
    >
      <TriangleAlert className="size-4 shrink-0 text-warn" />
      <p className="min-w-60 flex-1">
        <strong className="font-medium">{t("title")}</strong>{" "}
        {t("description", { when: format.dateTime(save.theirs.savedAt, { timeStyle: "medium" }) })}
      </p>
      <Button size="sm" busy={busy} onClick={() => void loadTheirs()}>
        {t("loadTheirs")}
      </Button>
      <Button size="sm" busy={copy.isPending} onClick={() => void keepCopy().catch(() => undefined)}>
        {t("keepCopy")}
      </Button>
      <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
        {t("overwrite")}
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("overwriteTitle")}
        description={t("overwriteDescription")}
        action={t("overwrite")}
        onAction={() => void overwrite()}
      />
    </div>
  );
}
