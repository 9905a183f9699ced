"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { questionLimits } from "./read-questions";

export interface QuestionDialogProps {
  readonly baseId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Adds one question to the labelled set, and stays open for the next. */
export function QuestionDialog({ baseId, open, onOpenChange }: QuestionDialogProps) {
  const t = useTranslations("knowledge.quality");
  const ui = useTranslations("ui");
  const formId = useId();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [question, setQuestion] = useState("");
  const [answers, setAnswers] = useState("");
  const add = useMutation(
    trpc.knowledge.addQuestion.mutationOptions({
      onError,
      onSuccess: () => {
        setQuestion("");
        setAnswers("");
        onOpenChange(false);
        return queries.invalidateQueries({ queryKey: trpc.knowledge.questions.queryKey({ id: baseId }) });
      },
    }),
  );
  const lines = answers
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const tooMany = lines.length > questionLimits.answers;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (question.trim() === "" || lines.length === 0 || tooMany || add.isPending) return;
    add.mutate({ id: baseId, question: question.trim(), answers: lines });
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("addTitle")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" busy={add.isPending}>
              {t("add")}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
          <FormField label={t("question")}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                required
                autoComplete="off"
                maxLength={questionLimits.question}
                value={question}
                onChange={(event) => setQuestion(event.target.value)}
              />
            )}
          </FormField>
          <FormField
            label={t("answers")}
            help={t("answersHelp")}
            error={tooMany ? t("answersMany", { most: questionLimits.answers }) : undefined}
          >
            {(control) => (
              <Textarea
                {...control}
                required
                className="h-24"
                value={answers}
                onChange={(event) => setAnswers(event.target.value)}
              />
            )}
          </FormField>
        </form>
      </DialogContent>
    </Dialog>
  );
}
