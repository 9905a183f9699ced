import { MessageSquarePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { allNodes } from "@/runtime/graph/body-at";
import { useSession, useSessionState } from "../session";
import { useEditor, useRun } from "../workbench";

/** Of a pipeline that remembers: which turn the next run is, and the way to a conversation that begins anew. */
export function ConversationBar() {
  const t = useTranslations("run.conversation");
  const session = useSession();
  const remembers = useEditor(({ whole, catalog }) =>
    [...allNodes(whole)].some(({ type, disabled }) => !disabled && catalog.get(type)?.conversation !== undefined),
  );
  const beginsAnew = useSessionState((state) => state.beginsAnew || state.openedRun !== null);
  const conversation = useRun(({ current }) => current?.state.conversation ?? null);
  const status = useRun(({ current }) => current?.state.status);
  if (!remembers) return null;
  const goesOn = conversation !== null && !beginsAnew;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs" data-testid="conversation-bar">
      <span>
        {!goesOn
          ? t("nextNew")
          : status === "paused" || status === "running"
            ? t("notEnded", { turn: conversation.turn })
            : t("next", { turn: conversation.turn + (status === "success" ? 1 : 0) })}
      </span>
      {goesOn ? (
        <Button
          size="sm"
          variant="ghost"
          title={t("newHelp")}
          onClick={() => session.store.setState({ beginsAnew: true })}
          data-testid="conversation-new"
        >
          <MessageSquarePlus />
          {t("new")}
        </Button>
      ) : null}
    </div>
  );
}
