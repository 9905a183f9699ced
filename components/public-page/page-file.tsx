"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormField } from "@/components/ui/form-field";
import type { InputField } from "@/runtime/node/define-node";
import { bringFile } from "./page-client";
import { useRefusalText } from "./use-refusal-text";

export interface BroughtFile {
  readonly fileId: string;
  readonly proof: string;
}

interface PageFileProps {
  readonly slug: string;
  readonly token: string;
  readonly field: InputField;
  readonly error: string | undefined;
  readonly onChange: (file: BroughtFile | null) => void;
}

const pickers: Readonly<Record<string, string>> = { image: "image/*", audio: "audio/*" };

/** Takes one file from the visitor's machine and brings it to the server at once. */
export function PageFile({ slug, token, field, error, onChange }: PageFileProps) {
  const t = useTranslations("public-page");
  const say = useRefusalText();
  const [state, setState] = useState<{
    readonly busy: boolean;
    readonly name: string;
    readonly problem: string | null;
  }>({
    busy: false,
    name: "",
    problem: null,
  });
  const choose = async (file: File | undefined) => {
    onChange(null);
    if (file === undefined) return;
    setState({ busy: true, name: file.name, problem: null });
    const brought = await bringFile(slug, token, file);
    setState({ busy: false, name: file.name, problem: brought.ok ? null : say(brought.refused) });
    if (brought.ok) onChange(brought.value);
  };
  return (
    <FormField
      label={field.title}
      help={state.busy ? t("bringing", { name: state.name }) : field.help}
      error={state.problem ?? error}
      aside={field.required ? undefined : t("optional")}
    >
      {(control) => (
        <input
          {...control}
          type="file"
          accept={field.accept?.join(",") ?? pickers[field.kind]}
          className="w-full rounded-md border border-line bg-page p-2 text-sm"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      )}
    </FormField>
  );
}
