import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import type { JsonObject } from "@/nodes/lib/openapi/json-value";
import { openApiLimits } from "@/nodes/lib/openapi/limits";
import { type DescriptionProblem, readDescription } from "@/nodes/lib/openapi/read-description";
import { decodeText } from "../inspector/fields/read-text-file";
import { CredentialPicker } from "./credential-picker";
import { parseYaml } from "./parse-yaml";

const ways = ["url", "file", "text"] as const;
type Way = (typeof ways)[number];

/** How such a description begins, the same in every language. */
const firstLines = "openapi: 3.1.0\ninfo: …";

/** Asks for a description by its address, as a file, or as text. */
export function DescriptionSource({
  onRead,
}: {
  readonly onRead: (root: JsonObject, cameFrom: string | null) => void;
}) {
  const t = useTranslations("editor.openapi");
  const errorText = useRunErrorText();
  const client = useTRPCClient();
  const tellError = useErrorToast();
  const [way, setWay] = useState<Way>("url");
  const [url, setUrl] = useState("");
  const [credential, setCredential] = useState("");
  const [text, setText] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  const textOf = async (): Promise<{ readonly text: string; readonly url: string | null } | null> => {
    if (way === "text") return { text, url: null };
    if (way === "file") {
      if (file === null) return null;
      if (file.size > openApiLimits.characters * 4)
        return { text: " ".repeat(openApiLimits.characters + 1), url: null };
      return { text: decodeText(new Uint8Array(await file.arrayBuffer())) ?? "", url: null };
    }
    const given = { url: url.trim(), credential: credential === "" ? null : credential };
    const answer = await client.tool.fetchDescription.mutate(given);
    if (answer.ok) return answer;
    const { title } = errorText(answer.code);
    setProblem(`${title}. ${answer.message}`);
    return null;
  };
  const words = (found: DescriptionProblem): string => {
    if (found.code === "unreadable") return t("problem.unreadable", { detail: found.detail });
    if (found.code === "version") return t("problem.version", { version: found.version });
    if (found.code === "too-large") return t("problem.too-large", { megabytes: openApiLimits.characters / 1_000_000 });
    if (found.code === "too-deep") return t("problem.too-deep", { levels: openApiLimits.depth });
    return t(`problem.${found.code}`);
  };
  const read = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      const given = await textOf();
      if (given === null) return;
      const found = await readDescription(given.text, parseYaml);
      if (found.ok) onRead(found.value, given.url);
      else setProblem(words(found.error));
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  const isReady = way === "url" ? url.trim() !== "" : way === "file" ? file !== null : text.trim() !== "";
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void read(event)}>
      <Segmented
        label={t("from")}
        value={way}
        onValueChange={(next) => {
          setWay(next);
          setProblem("");
        }}
        options={ways.map((value) => ({ value, label: t(`way.${value}`) }))}
        className="self-start"
      />
      {way === "url" ? (
        <>
          <FormField label={t("url")} help={t("urlHelp")} error={problem}>
            {(control) => (
              <Input
                {...control}
                type="url"
                required
                maxLength={2_000}
                value={url}
                placeholder="https://api.example.com/openapi.json"
                onChange={(event) => setUrl(event.target.value)}
              />
            )}
          </FormField>
          <FormField label={t("credentialToFetch")}>
            {(control) => <CredentialPicker control={control} value={credential} onValueChange={setCredential} />}
          </FormField>
        </>
      ) : way === "file" ? (
        <FormField label={t("file")} help={t("fileHelp")} error={problem}>
          {(control) => (
            <Input
              {...control}
              type="file"
              className="py-0.5"
              accept=".json,.yaml,.yml,application/json,application/yaml"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          )}
        </FormField>
      ) : (
        <FormField label={t("text")} error={problem}>
          {(control) => (
            <Textarea
              {...control}
              className="min-h-48 font-mono text-xs"
              value={text}
              spellCheck={false}
              placeholder={firstLines}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FormField>
      )}
      <Button type="submit" variant="primary" className="self-end" busy={busy} disabled={!isReady}>
        {t("read")}
      </Button>
    </form>
  );
}
