"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { DiscoverModels } from "./discover-models";
import { type EndpointFields, emptyModel, type ModelFields } from "./endpoint-form";
import { ModelFieldRow } from "./model-field-row";
import type { EndpointItem } from "./models";

const mostModels = 5_000;
/** Rows of settings that stand in the form at once; the others are found by their name. */
const mostShown = 20;

/** The models of an endpoint: found by asking it, or named by hand. */
export function ModelFieldList({ stored }: { readonly stored: EndpointItem | null }) {
  const t = useTranslations("endpoints.form");
  const { control } = useFormContext<EndpointFields>();
  const { fields, append, remove } = useFieldArray({ control, name: "models", keyName: "key" });
  const [name, setName] = useState("");
  const [query, setQuery] = useState("");
  const wantedName = query.trim().toLowerCase();
  const matching = fields.flatMap((field, index) =>
    field.name.toLowerCase().includes(wantedName) ? [{ field, index }] : [],
  );
  const names = new Set(fields.map((field) => field.name));
  const wanted = name.trim();
  const full = fields.length >= mostModels;
  const add = (models: readonly ModelFields[]) =>
    append(models.filter((model) => !names.has(model.name)).slice(0, mostModels - fields.length), {
      shouldFocus: false,
    });
  const addByHand = () => {
    if (wanted === "" || names.has(wanted) || full) return;
    add([emptyModel(wanted)]);
    setName("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    addByHand();
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{t("models")}</legend>
      <DiscoverModels
        stored={stored}
        chosen={names}
        onAdd={add}
        onRemove={(unwanted) => remove(fields.flatMap((field, index) => (field.name === unwanted ? [index] : [])))}
      />
      {fields.length > mostShown ? (
        <SearchField label={t("searchChosen")} value={query} onValueChange={setQuery} />
      ) : null}
      {matching.length > 0 ? (
        <ul className="divide-y divide-line rounded-md border border-line">
          {matching.slice(0, mostShown).map(({ field, index }) => (
            <ModelFieldRow key={field.key} index={index} name={field.name} onRemove={() => remove(index)} />
          ))}
        </ul>
      ) : null}
      {matching.length > mostShown ? (
        <p className="text-muted text-xs">{t("moreChosen", { count: matching.length - mostShown })}</p>
      ) : null}
      <div className="flex items-center gap-2">
        <Input
          aria-label={t("modelName")}
          placeholder={t("modelNamePlaceholder")}
          value={name}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          disabled={full}
          className="font-mono text-xs"
          onChange={(event) => setName(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button disabled={wanted === "" || names.has(wanted) || full} onClick={addByHand}>
          <Plus />
          {t("addModel")}
        </Button>
      </div>
      {full ? <p className="text-muted text-xs">{t("modelsFull", { most: mostModels })}</p> : null}
    </fieldset>
  );
}
