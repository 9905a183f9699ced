import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportPage } from "@/components/evaluation/datasets/import-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("datasets.import"))("title") };
}

export default async function NewDatasetPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly into?: string | string[] }>;
}) {
  const { into } = await searchParams;
  return <ImportPage datasetId={typeof into === "string" ? into : null} />;
}
