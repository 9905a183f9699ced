import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DatasetPage } from "@/components/evaluation/datasets/dataset-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("evaluation.tabs"))("datasets") };
}

export default async function OneDatasetPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <DatasetPage id={(await params).id} />;
}
