import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Pipelines } from "@/components/home/pipelines";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("pipelines") };
}

export default function PipelinesPage() {
  return <Pipelines />;
}
