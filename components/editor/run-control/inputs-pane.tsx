import { History, Play, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useMemo, useState } from "react";
import { InputsForm } from "@/components/run/inputs-form";
import { readRecentInputs } from "@/components/run/recent-inputs";
import { initialValues, inputFieldsOf } from "@/components/run/run-inputs";
import { busyPhases } from "@/components/run/run-store";
import { glanceText, shorten } from "@/components/run/value-text";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useCommands } from "../commands/use-commands";
import { useOpenVariant } from "../inspector/open-variant";
import { useSession, useSessionState } from "../session";
import { useEditor, useRun, useWorkbench } from "../workbench";
import { ConversationBar } from "./conversation-bar";
import { RunForecastLine } from "./run-forecast-line";

const SheetDialog = lazy(() => import("./sheet-dialog").then((module) => ({ default: module.SheetDialog })));

/** What the next run is given, and what it runs. */
export function InputsPane() {
  const t = useTranslations("run");
  const session = useSession();
  const document = useEditor((state) => state.whole);
  const catalog = useEditor((state) => state.catalog);
  const values = useSessionState((state) => state.values);
  const faults = useSessionState((state) => state.faults);
  const commands = useCommands();
  const fields = useMemo(() => inputFieldsOf(document, catalog), [document, catalog]);
  const inputDefinition = catalog.get("io/input");
  const running = useRun(({ phase }) => busyPhases.has(phase));
  const ran = useRun(({ current }) => current !== null);
  return (
    <div className="min-h-0 overflow-y-auto p-3">
      <div className="mb-2 flex h-6 items-center justify-between">
        <h3 className="font-medium text-sm">{t("inputs")}</h3>
        {fields.length > 0 ? (
          <RecentInputs
            pick={(inputs) => session.store.setState({ values: initialValues(fields, inputs), faults: {} })}
          />
        ) : null}
      </div>
      <WhatRuns />
      <WhatIsPinned />
      <ConversationBar />
      {fields.length === 0 ? (
        <div className="text-muted text-sm">
          <p>{t("noInputs")}</p>
          {inputDefinition && document.nodes.length > 0 ? (
            <Button size="sm" className="mt-2" onClick={() => commands.add(inputDefinition, null)}>
              {t("addInput")}
            </Button>
          ) : null}
        </div>
      ) : (
        <>
          <InputsForm
            fields={fields}
            values={values}
            faults={faults}
            onSubmit={session.run}
            onChange={(name, value) => {
              const state = session.store.getState();
              const { [name]: _, ...others } = state.faults;
              session.store.setState({ values: { ...state.values, [name]: value }, faults: others });
            }}
          />
          <div className="mt-3 flex flex-wrap gap-2">
            <Button size="sm" disabled={running} onClick={session.run} data-testid="run-again">
              <Play />
              {ran ? t("again") : t("run")}
            </Button>
            <RunSheet />
          </div>
          <RunForecastLine />
        </>
      )}
    </div>
  );
}

/** The same on every row of a table. */
function RunSheet() {
  const t = useTranslations("sheets");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" title={t("runHelp")} onClick={() => setOpen(true)} data-testid="run-sheet">
        <Table2 />
        {t("run")}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <SheetDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** With a variant open, a run tries that one: said before it is started, with the way back. */
function WhatRuns() {
  const t = useTranslations("run.variant");
  const { view } = useWorkbench();
  const open = useOpenVariant();
  if (open === null) return null;
  return (
    <p className="mb-2 break-words text-muted text-xs" data-testid="run-variant">
      {t("runs", open)}{" "}
      <button
        type="button"
        className="rounded-sm text-accent-text underline underline-offset-2"
        onClick={() => view.setState({ shownVariant: null })}
      >
        {t("runBase")}
      </button>
    </p>
  );
}

/** Pinned outputs hold for every run of the draft here: said before it is started, with the way out. */
function WhatIsPinned() {
  const t = useTranslations("run.pin");
  const { editor } = useWorkbench();
  const pins = useEditor(({ whole }) => whole.pins);
  if (pins === undefined) return null;
  const nodes = Object.keys(pins);
  return (
    <p className="mb-2 break-words text-muted text-xs" data-testid="run-pins">
      {t("stand", { count: nodes.length })}{" "}
      <button
        type="button"
        className="rounded-sm text-accent-text underline underline-offset-2"
        onClick={() => {
          editor.getState().goTo([]);
          editor.getState().apply(nodes.map((node) => ({ type: "set-pin", node, outputs: null })));
        }}
      >
        {t("unpinAll")}
      </button>
    </p>
  );
}

function RecentInputs({ pick }: { readonly pick: (inputs: Readonly<Record<string, unknown>>) => void }) {
  const t = useTranslations("run");
  const { pipelineId, sampleInputs } = useSession();
  const [recent, setRecent] = useState<readonly Readonly<Record<string, unknown>>[]>([]);
  const label = (inputs: Readonly<Record<string, unknown>>) =>
    shorten(Object.values(inputs).map(glanceText).join(" · ").replace(/\s+/gu, " ") || t("emptyInputs"), 64);
  const hasSample = Object.keys(sampleInputs).length > 0;
  return (
    <DropdownMenu
      onOpenChange={(open) => {
        if (open) setRecent(readRecentInputs(localStorage, pipelineId));
      }}
    >
      <DropdownMenuTrigger asChild>
        <IconButton size="sm" side="top" label={t("recent")}>
          <History />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-w-96">
        {hasSample ? <DropdownMenuItem onSelect={() => pick(sampleInputs)}>{t("sample")}</DropdownMenuItem> : null}
        <DropdownMenuLabel>{t(recent.length > 0 ? "recent" : "noRecent")}</DropdownMenuLabel>
        {recent.map((inputs) => (
          <DropdownMenuItem key={JSON.stringify(inputs)} onSelect={() => pick(inputs)}>
            <span className="truncate">{label(inputs)}</span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
