import { useMutation } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { hashJson } from "@/runtime/graph/hash";
import { useSession, useSessionState } from "../session";
import { useEditor } from "../workbench";
import { draftsLeftBehind, keepDraft, type LeftBehind } from "./draft-keeper";

/** Offers work that a closed window could not save any more. */
export function LeftBehindBanner({ tab }: { readonly tab: string }) {
  const t = useTranslations("editor.leftBehind");
  const { pipelineId } = useSession();
  const name = useSessionState((state) => state.name);
  const document = useEditor((state) => state.whole);
  const [found, setFound] = useState<LeftBehind | null>(null);
  const router = useRouter();
  const trpc = useTRPC();
  const create = useMutation(trpc.pipeline.create.mutationOptions({ onError: useErrorToast() }));

  useEffect(() => {
    setFound(draftsLeftBehind(localStorage, pipelineId, tab, Date.now())[0] ?? null);
  }, [pipelineId, tab]);
  if (!found || hashJson(found.draft.document) === hashJson(document)) return null;

  const forget = () => {
    keepDraft(localStorage, pipelineId, found.tab, null);
    setFound(null);
  };
  const open = async () => {
    const { id } = await create.mutateAsync({
      name: t("name", { name }).slice(0, 120),
      document: found.draft.document,
    });
    forget();
    router.push(`/pipelines/${id}`);
  };
  return (
    <div className="flex shrink-0 items-center gap-3 border-line border-b bg-running-soft px-4 py-2 text-sm">
      <History className="size-4 shrink-0 text-running" />
      <p className="flex-1">
        {t("title")} <RelativeTime date={new Date(found.draft.at)} />
      </p>
      <Button size="sm" busy={create.isPending} onClick={() => void open().catch(() => undefined)}>
        {t("open")}
      </Button>
      <Button size="sm" variant="ghost" onClick={forget}>
        {t("discard")}
      </Button>
    </div>
  );
}
