"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";

/** A dataset without rows: its name, one input and one expected column to begin with. */
export function EmptyForm() {
  const t = useTranslations("datasets.import");
  const trpc = useTRPC();
  const router = useRouter();
  const onError = useErrorToast();
  const [name, setName] = useState("");
  const [input, setInput] = useState("question");
  const [expected, setExpected] = useState("answer");
  const create = useMutation(
    trpc.dataset.create.mutationOptions({ onError, onSuccess: ({ id }) => router.push(`/evaluation/datasets/${id}`) }),
  );
  const field = (label: string, value: string, set: (value: string) => void, placeholder?: string) => (
    <FormField label={label} className="max-w-sm">
      {(control) => (
        <Input
          {...control}
          maxLength={100}
          placeholder={placeholder}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </FormField>
  );
  return (
    <div className="flex flex-col gap-4">
      {field(t("name"), name, setName, t("defaultName"))}
      {field(t("inputName"), input, setInput)}
      {field(t("expectedName"), expected, setExpected)}
      <Button
        variant="primary"
        className="self-start"
        busy={create.isPending}
        disabled={input.trim() === "" || input.trim() === expected.trim()}
        onClick={() =>
          create.mutate({
            name: name.trim() || t("defaultName"),
            columns: [
              { name: input.trim(), role: "input" },
              ...(expected.trim() === "" ? [] : [{ name: expected.trim(), role: "expected" as const }]),
            ],
          })
        }
      >
        {t("startEmpty")}
      </Button>
    </div>
  );
}
