"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { isLocale } from "@/i18n/locale";

export interface NewPipeline {
  readonly name?: string;
  readonly templateId?: string;
}

/** Makes a pipeline, empty or from a template in the reader's language, and opens it in the editor. */
export const useNewPipeline = () => {
  const t = useTranslations("pipelines");
  const locale = useLocale();
  const router = useRouter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tell = useErrorToast();
  const mutation = useMutation(
    trpc.pipeline.create.mutationOptions({
      onSuccess: ({ id, jobs }) => {
        void queries.invalidateQueries({ queryKey: trpc.pipeline.list.pathKey() });
        router.push(jobs.length === 0 ? `/pipelines/${id}` : `/pipelines/${id}?preparing=${jobs.join(",")}`);
      },
      onError: tell,
    }),
  );
  return {
    create: ({ name, templateId }: NewPipeline) =>
      mutation.mutate({
        name: name ?? t("untitled"),
        ...(templateId === undefined ? {} : { templateId }),
        locale: isLocale(locale) ? locale : "en",
      }),
    /** The template being opened, `null` for an empty pipeline, undefined while none is. */
    opening: mutation.isPending || mutation.isSuccess ? (mutation.variables?.templateId ?? null) : undefined,
  };
};
