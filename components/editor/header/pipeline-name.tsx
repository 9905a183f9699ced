import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { useSession, useSessionState } from "../session";

const longest = 120;

/** The pipeline's name; a click changes it in place. */
export function PipelineName() {
  const t = useTranslations("editor.header");
  const { pipelineId, store } = useSession();
  const name = useSessionState((state) => state.name);
  const [editing, setEditing] = useState(false);
  const cancelled = useRef(false);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const rename = useMutation(trpc.pipeline.rename.mutationOptions());

  const finish = (typed: string) => {
    setEditing(false);
    const next = typed.trim().replace(/\s+/gu, " ");
    if (cancelled.current || next === "" || next === name) return;
    store.setState({ name: next });
    rename.mutate(
      { id: pipelineId, name: next },
      {
        onSuccess: () => void queries.invalidateQueries({ queryKey: trpc.pipeline.pathKey() }),
        onError: (error) => {
          store.setState({ name });
          tellError(error);
        },
      },
    );
  };

  if (editing)
    return (
      <input
        // biome-ignore lint/a11y/noAutofocus: the field appears because the person asked to type a name.
        autoFocus
        aria-label={t("rename")}
        defaultValue={name}
        maxLength={longest}
        className="h-7 w-72 min-w-0 rounded-md bg-sunken px-1.5 font-medium text-base"
        onFocus={(event) => {
          cancelled.current = false;
          event.currentTarget.select();
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") cancelled.current = true;
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
        onBlur={(event) => finish(event.currentTarget.value)}
      />
    );
  return (
    <h1 className="min-w-0">
      <button
        type="button"
        title={`${name}\n${t("rename")}`}
        className="block h-7 max-w-80 truncate rounded-md px-1.5 text-left font-medium text-base hover:bg-hover"
        onClick={() => setEditing(true)}
      >
        {name}
      </button>
    </h1>
  );
}
