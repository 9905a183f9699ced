"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { LockOpen, Play, Plus, Send, Square, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { initialValues, readInputs } from "@/components/run/run-inputs";
import { PageHeader, type PageHeaderProps } from "@/components/shell/page-header";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useErrorText } from "@/components/ui/use-error-text";
import { sameJson } from "@/runtime/graph/hash";
import { type Locale, localize } from "@/runtime/node/localized";
import type { RunEvent } from "@/runtime/run/events";
import { CaseTable, type TriedCase } from "./case-table";
import { FieldEditor, type OpenField } from "./field-editor";
import { OpenFieldsDialog } from "./open-fields-dialog";
import { createTrials, type Side, sides } from "./trials";

type Desk = RouterOutputs["proposal"]["desk"];
/** As many as a proposal is shown on. */
const mostCases = 10;
const keyOf = ({ node, field }: Pick<OpenField, "node" | "field">) => JSON.stringify([node, field]);

interface ProposeDeskProps {
  readonly desk: Desk;
  readonly recent: RouterOutputs["run"]["recentInputs"];
  readonly parents: NonNullable<PageHeaderProps["parents"]>;
}

let made = 0;
const newId = () => {
  made += 1;
  return `case-${made}`;
};

const firstCases = ({ inputs, run, sampleInputs }: Desk, recent: ProposeDeskProps["recent"]): readonly TriedCase[] => {
  const fields = inputs ?? [];
  const empty = { faults: {}, wanted: "", wrong: null, answers: {} };
  const wrong =
    run === null || run.inputs === null
      ? []
      : [
          {
            ...empty,
            id: newId(),
            values: initialValues(fields, run.inputs),
            wanted: run.correction,
            wrong: { runId: run.id, text: run.answer },
          },
        ];
  const others = recent
    .filter(({ runId, inputs: own }) => runId !== run?.id && !(run?.inputs && sameJson(own, run.inputs)))
    .map(({ inputs: own }) => ({ ...empty, id: newId(), values: initialValues(fields, own) }));
  const all = [...wrong, ...others].slice(0, mostCases);
  return all.length > 0 ? all : [{ ...empty, id: newId(), values: initialValues(fields, sampleInputs) }];
};

/** The form on the left, the cases on the right. Leaving stops what is under way. */
export function ProposeDesk({ desk, recent, parents }: ProposeDeskProps) {
  const t = useTranslations("proposals");
  const locale = useLocale() as Locale;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const sayError = useErrorText();
  const { pipeline, live, inputs, fields, openable, run } = desk;
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const [cases, setCases] = useState(() => firstCases(desk, recent));
  const [opening, setOpening] = useState(false);
  const [proposing, setProposing] = useState(false);
  const [note, setNote] = useState("");
  const changes = fields.flatMap((field) => {
    const value = values[keyOf(field)];
    return value === undefined || sameJson(value, field.value)
      ? []
      : [{ node: field.node, field: field.field, value: value as never }];
  });

  const trials = useMemo(
    () =>
      createTrials({
        start: async ({ made: words }) => {
          const { inputs: given, changes: asked } = JSON.parse(words.slice(words.indexOf(" ") + 1)) as {
            readonly inputs: Record<string, unknown>;
            readonly changes: typeof changes;
          };
          return (await client.proposal.try.mutate({ pipelineId: pipeline.id, changes: asked, inputs: given })).runId;
        },
        watch: (runId, on) => {
          const { unsubscribe } = client.run.events.subscribe(
            { runId },
            { onData: ({ data }: { readonly data: RunEvent }) => on.event(data), onError: on.failed },
          );
          return unsubscribe;
        },
        cancel: async (runId) => {
          await client.run.cancel.mutate({ id: runId });
        },
        say: (error) => sayError(errorFacts(error)).title,
        paused: t("paused"),
        set: ({ caseId, side }, answer) =>
          setCases((former) =>
            former.map((each) =>
              each.id === caseId ? { ...each, answers: { ...each.answers, [side]: answer } } : each,
            ),
          ),
      }),
    [client, pipeline.id, sayError, t],
  );
  useEffect(() => () => trials.stop(), [trials]);

  const readCase = (each: TriedCase) => readInputs(inputs ?? [], each.values);
  /** What an answer of a side counts with: the words and the inputs. */
  const wordsOf = (each: TriedCase, side: Side) =>
    JSON.stringify({ inputs: readCase(each).inputs, changes: side === "before" ? [] : changes });
  const busy = cases.some(({ answers }) =>
    sides.some((side) => answers[side]?.phase === "waiting" || answers[side]?.phase === "running"),
  );
  const isFresh = (each: TriedCase, side: Side) => {
    const answer = each.answers[side];
    return answer?.phase === "ended" && answer.made === `${side} ${wordsOf(each, side)}`;
  };
  const tryAll = () => {
    const read = cases.map((each) => ({ ...each, faults: readCase(each).faults }));
    setCases(read);
    const runnable = read.filter(({ faults }) => Object.keys(faults).length === 0);
    trials.run(
      runnable.flatMap((each) =>
        sides
          .filter((side) => !isFresh(each, side) && (side === "before" || changes.length > 0))
          .map((side) => ({ caseId: each.id, side, made: `${side} ${wordsOf(each, side)}` })),
      ),
    );
  };
  const stop = () => {
    trials.stop();
    setCases((former) =>
      former.map((each) => ({
        ...each,
        answers: Object.fromEntries(
          Object.entries(each.answers).filter(([, { phase }]) => phase === "ended" || phase === "failed"),
        ),
      })),
    );
  };
  const create = useMutation(
    trpc.proposal.create.mutationOptions({
      onError,
      onSuccess: ({ id, refused }) => {
        if (refused !== null) toast.error(t("gateRefused"), { description: refused });
        void queries.invalidateQueries({ queryKey: trpc.proposal.pathKey() });
        void queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
        router.push(`/proposals/${id}`);
      },
    }),
  );
  const propose = () => {
    const shown = cases.filter((each) => isFresh(each, "after"));
    create.mutate({
      pipelineId: pipeline.id,
      changes,
      note,
      cases: shown.map((each) => ({
        wanted: each.wanted,
        before: isFresh(each, "before") ? (each.answers.before?.runId ?? null) : null,
        after: each.answers.after?.runId ?? null,
      })),
      ...(run === null
        ? {}
        : { wrong: { runId: run.id, correction: cases.find(({ wrong }) => wrong?.runId === run.id)?.wanted ?? "" } }),
    });
  };
  const tried = cases.filter((each) => isFresh(each, "after")).length;
  return (
    <>
      <PageHeader
        title={t("propose")}
        parents={parents}
        aside={
          live === null ? (
            <Badge tone="outline">{t("draft")}</Badge>
          ) : (
            <Badge tone="ok">{t("liveVersion", { slug: live.slug, number: live.number })}</Badge>
          )
        }
        actions={
          <>
            <Button onClick={() => setOpening(true)} data-testid="open-fields">
              <LockOpen />
              {t("openFields")}
            </Button>
            {busy ? (
              <Button onClick={stop}>
                <Square />
                {t("stop")}
              </Button>
            ) : (
              <Button
                onClick={tryAll}
                disabled={inputs === null || fields.length === 0 || cases.length === 0}
                data-testid="try-cases"
              >
                <Play />
                {t("try", { count: cases.length })}
              </Button>
            )}
            <Button
              variant="primary"
              disabled={changes.length === 0 || busy}
              onClick={() => setProposing(true)}
              data-testid="propose"
            >
              <Send />
              {t("proposeVerb")}
            </Button>
          </>
        }
      />
      {fields.length === 0 ? (
        <EmptyState
          icon={<LockOpen />}
          title={t("nothingOpen")}
          description={t("nothingOpenHelp")}
          actions={
            <Button variant="primary" onClick={() => setOpening(true)}>
              {t("openFields")}
            </Button>
          }
        />
      ) : (
        <div className="flex min-h-0 flex-1">
          <div className="flex w-96 shrink-0 flex-col gap-5 overflow-y-auto border-line border-r px-5 py-4">
            {live !== null && !live.isBase ? <p className="text-warn text-xs">{t("labelsMoved")}</p> : null}
            {fields.map((field) => {
              const key = keyOf(field);
              const changed = values[key] !== undefined && !sameJson(values[key], field.value);
              const step = field.label ?? localize(field.step, locale);
              return (
                <FormField
                  key={key}
                  label={t("fieldOf", { step, field: localize(field.title, locale) })}
                  help={
                    field.prompt === null
                      ? undefined
                      : t(field.prompt.label === "" ? "ofVersion" : "ofLabel", {
                          slug: field.prompt.slug,
                          version: field.prompt.version,
                          label: field.prompt.label,
                        })
                  }
                  aside={
                    changed ? (
                      <span className="inline-flex items-center gap-1 text-warn">
                        {t("changed")}
                        <IconButton
                          size="sm"
                          label={t("putBack")}
                          onClick={() => setValues(({ [key]: _, ...others }) => others)}
                        >
                          <Undo2 />
                        </IconButton>
                      </span>
                    ) : undefined
                  }
                >
                  {(control) => (
                    <FieldEditor
                      form={field.form}
                      value={values[key] ?? field.value}
                      control={control}
                      onChange={(value) => setValues((former) => ({ ...former, [key]: value }))}
                    />
                  )}
                </FormField>
              );
            })}
          </div>
          <div className="flex min-w-0 flex-1 flex-col gap-3 overflow-y-auto px-5 py-4">
            {inputs === null ? (
              <p role="alert" className="text-error text-sm">
                {t("cannotRun")}
              </p>
            ) : (
              <>
                <CaseTable
                  fields={inputs}
                  cases={cases}
                  madeOf={(each, side) => `${side} ${wordsOf(each, side)}`}
                  onChange={(id, part) =>
                    setCases((former) =>
                      former.map((each) => (each.id === id ? { ...each, ...part, faults: {} } : each)),
                    )
                  }
                  onRemove={(id) => setCases((former) => former.filter((each) => each.id !== id))}
                  onRun={tryAll}
                />
                <Button
                  size="sm"
                  className="self-start"
                  disabled={cases.length >= mostCases}
                  title={cases.length >= mostCases ? t("fullCases", { most: mostCases }) : undefined}
                  onClick={() =>
                    setCases((former) => [
                      ...former,
                      {
                        id: newId(),
                        values: initialValues(inputs, {}),
                        faults: {},
                        wanted: "",
                        wrong: null,
                        answers: {},
                      },
                    ])
                  }
                >
                  <Plus />
                  {t("addCase")}
                </Button>
              </>
            )}
          </div>
        </div>
      )}
      {opening ? (
        <OpenFieldsDialog pipelineId={pipeline.id} openable={openable} onClose={() => setOpening(false)} />
      ) : null}
      {proposing ? (
        <FormDialog
          title={t("proposeTitle")}
          description={t("proposeHelp", { count: changes.length, tried })}
          action={t("proposeVerb")}
          busy={create.isPending}
          onSubmit={propose}
          onClose={() => setProposing(false)}
        >
          {tried === 0 ? <p className="text-sm text-warn">{t("notTried")}</p> : null}
          <FormField label={t("note")}>
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                maxLength={2_000}
                placeholder={t("notePlaceholder")}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </FormField>
        </FormDialog>
      ) : null}
    </>
  );
}
