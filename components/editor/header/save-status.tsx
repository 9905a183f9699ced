import { CloudOff, LoaderCircle, LogIn, TriangleAlert } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { useSession, useSessionState } from "../session";

/** Whether the work is safe. Always in sight, quiet as long as it is. */
export function SaveStatus() {
  const t = useTranslations("editor.save");
  const save = useSessionState((state) => state.save);
  const { autosave } = useSession();
  switch (save.status) {
    case "saved":
      return <SavedAt at={save.savedAt} />;
    case "dirty":
    case "saving":
      return (
        <Line>
          <LoaderCircle className="size-3.5 animate-spin motion-reduce:animate-none" />
          {t("saving")}
        </Line>
      );
    case "unreachable":
      return (
        <Tooltip content={t("unreachableHint")}>
          <button
            type="button"
            className="flex items-center gap-1.5 text-warn text-xs"
            onClick={() => autosave.retryNow()}
          >
            <CloudOff className="size-3.5" />
            {t("unreachable")}
          </button>
        </Tooltip>
      );
    case "signed-out":
      return (
        <Tooltip content={t("signedOutHint")}>
          <a
            href={`/sign-in?reason=session-ended&next=${encodeURIComponent(window.location.pathname)}`}
            className="flex items-center gap-1.5 text-warn text-xs underline"
          >
            <LogIn className="size-3.5" />
            {t("signedOut")}
          </a>
        </Tooltip>
      );
    case "conflict":
      return (
        <Line className="text-error">
          <TriangleAlert className="size-3.5" />
          {t("conflict")}
        </Line>
      );
    case "refused":
      return (
        <Tooltip content={save.message}>
          <button type="button" className="flex items-center gap-1.5 text-error text-xs">
            <TriangleAlert className="size-3.5" />
            {t("refused")}
          </button>
        </Tooltip>
      );
    default:
      return save satisfies never;
  }
}

function SavedAt({ at }: { readonly at: number | null }) {
  const t = useTranslations("editor.save");
  const format = useFormatter();
  const now = useNow({ updateInterval: 5_000 });
  if (at === null) return <Line>{t("saved")}</Line>;
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" }).format(at);
  const recent = now.getTime() - at < 3_000;
  return (
    <Tooltip content={exact}>
      <time
        dateTime={new Date(at).toISOString()}
        className="whitespace-nowrap text-faint text-xs"
        data-testid="save-status"
      >
        {recent ? t("savedNow") : t("savedAt", { when: format.relativeTime(at, now) })}
      </time>
    </Tooltip>
  );
}

function Line({ className, children }: { readonly className?: string; readonly children: React.ReactNode }) {
  return (
    <span
      role="status"
      className={cn("flex items-center gap-1.5 whitespace-nowrap text-faint text-xs", className)}
      data-testid="save-status"
    >
      {children}
    </span>
  );
}
