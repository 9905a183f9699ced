import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TrainWizard } from "@/components/registry/train-wizard";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("registry.wizard"))("title") };
}

export default async function TrainPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly model?: string | string[] }>;
}) {
  const { model } = await searchParams;
  return <TrainWizard modelId={typeof model === "string" ? model : null} />;
}
