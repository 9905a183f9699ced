import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo } from "react";
import { busyPhases } from "@/components/run/run-store";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { changedSteps, countChanged } from "@/runtime/graph/changed-steps";
import { type OpenedRun, useSession, useSessionState } from "../session";
import { useEditor, useRun } from "../workbench";

/** Says that a stored run is shown on the draft, what the draft does otherwise, and runs just that. */
export function OpenedRunBanner() {
  const opened = useSessionState((state) => state.openedRun);
  // Once something was run here, that is what the canvas shows.
  const isShown = useRun(({ current }) => current?.runId === opened?.id);
  return opened !== null && isShown ? <Banner opened={opened} /> : null;
}

function Banner({ opened }: { readonly opened: OpenedRun }) {
  const t = useTranslations("editor.openedRun");
  const session = useSession();
  const whole = useDeferredValue(useEditor((state) => state.whole));
  const readOnly = useEditor((state) => state.readOnly);
  const busy = useRun(({ phase }) => busyPhases.has(phase));
  const count = useMemo(() => countChanged(changedSteps(opened.document, whole)), [opened.document, whole]);
  const close = () => {
    session.store.setState({ openedRun: null });
    const address = new URL(window.location.href);
    address.searchParams.delete("run");
    window.history.replaceState(null, "", address);
  };
  return (
    <div
      role="status"
      className="flex shrink-0 items-center gap-3 border-line border-b bg-accent-soft px-4 py-1.5 text-sm"
      data-testid="opened-run"
    >
      <p className="min-w-0 flex-1">
        {t("title", { number: opened.number, source: t(`source.${opened.trigger}`) })}{" "}
        <span className="text-muted">{count === 0 ? t("same") : t("changed", { count })}</span>
        <span className="block text-muted text-xs">{t("notCompared")}</span>
      </p>
      <Button
        size="sm"
        variant={count > 0 ? "primary" : "secondary"}
        disabled={readOnly || busy}
        onClick={() => session.runPart({ mode: "changed" })}
        data-testid="run-changed"
      >
        {t("run")}
      </Button>
      <Button asChild size="sm" variant="ghost">
        <Link href={`/runs/${opened.id}`}>{t("page")}</Link>
      </Button>
      <IconButton size="sm" label={t("close")} onClick={close}>
        <X />
      </IconButton>
    </div>
  );
}
