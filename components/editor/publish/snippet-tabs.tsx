import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { inputFieldsOf, readInputs } from "@/components/run/run-inputs";
import { CopyButton } from "@/components/ui/copy-button";
import { Segmented } from "@/components/ui/segmented";
import { useSessionState } from "../session";
import { useEditor } from "../workbench";
import { exampleFiles, exampleInputs, keyVariable, type SnippetLanguage, snippet } from "./snippets";

const names: Readonly<Record<SnippetLanguage, string>> = { curl: "curl", typescript: "TypeScript", python: "Python" };

/** How to call the pipeline, with the inputs that stand in the run panel. */
export function SnippetTabs({ url, apiKey }: { readonly url: string; readonly apiKey: string | null }) {
  const t = useTranslations("editor.publish");
  const [language, setLanguage] = useState<SnippetLanguage>("curl");
  const document = useEditor((state) => state.whole);
  const catalog = useEditor((state) => state.catalog);
  const values = useSessionState((state) => state.values);
  const sent = useMemo(() => {
    const fields = inputFieldsOf(document, catalog);
    const { inputs } = readInputs(fields, values);
    return { inputs: exampleInputs(fields, inputs), files: exampleFiles(fields, inputs) };
  }, [document, catalog, values]);
  const code = snippet(language, { url, ...sent, apiKey });
  return (
    <section>
      <div className="mb-2 flex items-center justify-between">
        <Segmented
          label={t("language")}
          value={language}
          onValueChange={setLanguage}
          options={(Object.keys(names) as SnippetLanguage[]).map((value) => ({ value, label: names[value] }))}
        />
        <CopyButton value={code} label={t("copy")} size="sm" />
      </div>
      <pre
        className="max-h-72 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-[18px]"
        data-testid={`snippet-${language}`}
      >
        {code}
      </pre>
      {apiKey ? null : <p className="mt-1 text-muted text-xs">{t("setVariable", { name: keyVariable })}</p>}
    </section>
  );
}
