import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Datasets } from "@/components/evaluation/datasets/datasets";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("evaluation.tabs"))("datasets") };
}

export default function DatasetsPage() {
  return <Datasets />;
}
